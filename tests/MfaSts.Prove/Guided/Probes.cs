using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace MfaSts.Prove.Guided;

/// <summary>
/// Puts into each branch of an assembly what afl-fuzz counts edges by: <c>map[here ^ before]++; before = here >> 1</c> (AFL's technical
/// details, §1).
/// </summary>
internal static class Probes
{
    public const string TypeName = "MfaSts.Probe";
    public const string Map = "Map";
    public const string Before = "Before";

    private const FieldAttributes PublicStatic = FieldAttributes.Public | FieldAttributes.Static;

    /// <summary>Changes the assembly in its place, once.</summary>
    /// <returns>The number of branches; 0 when it has its probes already.</returns>
    public static int Add(string path)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(File.ReadAllBytes(path)));
        if (module.GetType(TypeName) is not null)
        {
            return 0;
        }

        var map = new FieldDefinition(Map, PublicStatic, new PointerType(module.TypeSystem.Byte));
        var before = new FieldDefinition(Before, PublicStatic, module.TypeSystem.Int32);
        var random = new Random(1);
        int count = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
            .Sum(method => AddTo(method.Body, () => Probe(map, before, random.Next(1 << 16))));
        var type =
            new TypeDefinition(
                "MfaSts", "Probe", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        type.Fields.Add(map);
        type.Fields.Add(before);
        module.Types.Add(type);

        // Not into the file itself, which this process may have loaded.
        module.Write(path + ".new");
        File.Move(path + ".new", path, overwrite: true);
        return count;
    }

    private static int AddTo(MethodBody body, Func<Instruction[]> probe)
    {
        body.SimplifyMacros();
        var starts = Starts(body);
        foreach (var start in starts)
        {
            // What jumps to the branch's first instruction shall come to the probe: that instruction becomes the probe's first, and a copy
            // of it follows.
            var code = probe();
            var copy = Instruction.Create(OpCodes.Nop);
            (copy.OpCode, copy.Operand) = (start.OpCode, start.Operand);
            (start.OpCode, start.Operand) = (code[0].OpCode, code[0].Operand);
            int index = body.Instructions.IndexOf(start);
            foreach (var instruction in code.Skip(1).Append(copy))
            {
                body.Instructions.Insert(++index, instruction);
            }
        }

        body.OptimizeMacros();
        return starts.Count;
    }

    private static HashSet<Instruction> Starts(MethodBody body) =>
    [
        body.Instructions[0],
        .. body.Instructions.Select(instruction => instruction.Operand).OfType<Instruction>(),
        .. body.Instructions.Select(instruction => instruction.Operand).OfType<Instruction[]>().SelectMany(targets => targets),
        .. body.Instructions.Where(instruction => instruction.OpCode.FlowControl == FlowControl.Cond_Branch)
            .Select(instruction => instruction.Next),
        .. body.ExceptionHandlers.Select(handler => handler.HandlerStart),
    ];

    private static Instruction[] Probe(FieldDefinition map, FieldDefinition before, int here) =>
    [
        Instruction.Create(OpCodes.Ldsfld, map),
        Instruction.Create(OpCodes.Ldsfld, before),
        Instruction.Create(OpCodes.Ldc_I4, here),
        Instruction.Create(OpCodes.Xor),
        Instruction.Create(OpCodes.Add),
        Instruction.Create(OpCodes.Dup),
        Instruction.Create(OpCodes.Ldind_U1),
        Instruction.Create(OpCodes.Ldc_I4_1),
        Instruction.Create(OpCodes.Add),
        Instruction.Create(OpCodes.Stind_I1),
        Instruction.Create(OpCodes.Ldc_I4, here >> 1),
        Instruction.Create(OpCodes.Stsfld, before),
    ];
}
