using MfaSts.Prove.Faults;
using MfaSts.Prove.Fuzz;
using MfaSts.Prove.Leaks;
using MfaSts.Prove.Load;
using MfaSts.Prove.Stores;
using MfaSts.Prove.Sts;

namespace MfaSts.Prove;

/// <summary>What is proved, in its order.</summary>
internal static class Chapters
{
    public static IReadOnlyList<(string Name, Func<Proof, Task> Run)> All { get; } =
    [
        ("faults", FaultChapter.RunAsync),
        ("fuzz", FuzzChapter.RunAsync),
        ("load", LoadChapter.RunAsync),
        ("sts", StsChapter.RunAsync),
        ("leaks", LeakChapter.RunAsync),
        ("stores", StoreChapter.RunAsync),
    ];
}
