using System.Globalization;
using Xunit;

namespace ChatOps.Testing;

/// <summary>
/// Mangled inputs out of good ones. A run is short and always another one; its seed is printed, <c>CHATOPS_FUZZ_SEED</c> repeats it, and <c>CHATOPS_FUZZ_ROUNDS</c> makes it longer.
/// </summary>
public static class Fuzz
{
    private const int ShortRounds = 500;
    private const int MaxChanges = 6;
    private const int MaxLength = 200_000;

    // Processor time of one input; what is linear takes a thousandth of it.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    // What one input may have allocated in all; a text of this length is a hundredth of it.
    private const long MostMemory = 2L << 30;

    private static readonly string[] Pieces =
    [
        ":", ": ", "- ", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ",", "\"", "'", "&a ", "*a", "!!t ", "|", ">", "---", "...", "%", "?", "#", "\t", "\0", "\u0007", "\u001b[31m", "\u202e", "\u200b", "\ufeff",
        "\ud800", "\ud83d\ude00", "<<", "~", "@", "`", "0x", "-1", "1e308", "99999999999999999999", "null", "true", "../", "/etc/passwd", "${env:HOME}", "$(id)", "[[[[[[[[", "{{{{{{{{", "\\u0000", "\r\n", "é", "日本",
    ];

    /// <summary>Gives mangled forms of the seeds to what is tried, which may refuse them and must not throw or take long.</summary>
    public static void Run(IReadOnlyList<string> seeds, Action<string> attempt)
    {
        var seed = Number("CHATOPS_FUZZ_SEED") ?? Random.Shared.Next();
        var rounds = Number("CHATOPS_FUZZ_ROUNDS") ?? ShortRounds;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CHATOPS_FUZZ_SEED={seed}, {rounds} rounds"));
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            var input = Mangle(seeds, random);
            try
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var took = ThreadTime.Of(() => attempt(input));
                var used = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(used < MostMemory, string.Create(CultureInfo.InvariantCulture, $"It took {used} bytes: {input.Length} characters."));
                Assert.True(took < MostTime, string.Create(CultureInfo.InvariantCulture, $"It took {took} of processor time: {input.Length} characters."));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Round {round} with CHATOPS_FUZZ_SEED={seed}: {e.Message}\n{input}"), e);
            }
        }
    }

    /// <summary>How many rounds a run of its own kind has: what it needs to show anything, or more by <c>CHATOPS_FUZZ_ROUNDS</c>.</summary>
    public static int Rounds(int least) => Math.Max(least, Number("CHATOPS_FUZZ_ROUNDS") ?? 0);

    /// <summary>The chance of such a run: the same each time, or another one by <c>CHATOPS_FUZZ_SEED</c>.</summary>
    public static Random Chance(int usual) => new(Number("CHATOPS_FUZZ_SEED") ?? usual);

    private static string Mangle(IReadOnlyList<string> seeds, Random random)
    {
        var text = seeds[random.Next(seeds.Count)];
        for (var change = random.Next(1, MaxChanges); change > 0; change--)
        {
            var at = random.Next(text.Length + 1);
            var end = Math.Min(text.Length, at + random.Next(1, 40));
            var piece = Pieces[random.Next(Pieces.Length)];
            text = random.Next(6) switch
            {
                0 => text[..at] + text[end..],
                1 => text[..at] + string.Concat(Enumerable.Repeat(piece, random.Next(1, 2000))) + text[at..],
                2 => text[..at] + text[at..end] + text[at..],
                3 => text[..at] + seeds[random.Next(seeds.Count)] + text[end..],
                _ => text[..at] + piece + text[at..],
            };
            if (text.Length > MaxLength) text = text[..MaxLength];
        }

        return text;
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
