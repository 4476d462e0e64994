using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MfaSts.Prove.Fuzz;

/// <summary>Any bytes at all: read or refused, in time, and an edit changes nothing but its target.</summary>
internal static class FuzzChapter
{
    private const int LongInputs = 1_000_000;
    private const int StoreEvery = 100;
    private static readonly TimeSpan ShortTime = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(Proof proof)
    {
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(lane => Task.Run(() => Fuzz(proof, lane))));
        Adversaries.Run(proof);
        await Differential.RunAsync(proof);
        await CredentialChoice.RunAsync(proof);
    }

    private static void Fuzz(Proof proof, int lane)
    {
        int seed = proof.Seed + (lane * 1_000_003);
        var source = new InputSource(seed);
        using var stores = new StoreProperties();
        int most = proof.IsLong ? 1 + (LongInputs / Environment.ProcessorCount) : int.MaxValue;
        long start = Stopwatch.GetTimestamp();
        int count = 0;
        for (; count < most && (proof.IsLong || Stopwatch.GetElapsedTime(start) < ShortTime); count++)
        {
            byte[] input = source.Next();
            string? broken = Try(source, input, new Random(count))
                ?? (count % StoreEvery == 0 ? stores.Try(input) ?? TextProperties.Try(Encoding.UTF8.GetString(input)) : null);
            if (broken is not null)
            {
                proof.Violate(
                    broken,
                    string.Create(CultureInfo.InvariantCulture, $"lane {lane}, input {count}, base64 {Convert.ToBase64String(input)}"));
            }
        }

        proof.Count("inputs fuzzed, three edits each", count);
        proof.Count("... read by every store as well", (count / StoreEvery) + 1);
        proof.Count("... that did something new and were changed further", source.Kept);
        proof.Say(
            "inputs a second and processor",
            (count / Stopwatch.GetElapsedTime(start).TotalSeconds).ToString("#,0", CultureInfo.InvariantCulture));
    }

    private static string? Try(InputSource source, byte[] input, Random random)
    {
        try
        {
            var (broken, behaviour) = EditProperties.Try(input, random);
            source.Learn(input, behaviour);
            return broken;
        }
#pragma warning disable CA1031 // Any exception but a refusal is what is looked for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return "no exception but a refusal: " + e;
        }
    }
}
