using System.Buffers.Text;
using System.Security.Cryptography;

namespace ChatOps;

/// <summary>
/// Makes ids from the clock and the system's random source. Sortable ids rise strictly within the process, also when several are made in one
/// millisecond and when the clock steps back. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class IdGenerator(TimeProvider time) : IIdGenerator
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int SortableLength = 26;
    private const int ShortLength = 6;
    private const int SecretBytes = 32;
    private const int ActionTokenBytes = 24;

    private readonly Lock gate = new();
    private long lastMilliseconds;
    private UInt128 lastRandom;

    /// <inheritdoc/>
    public string NewId()
    {
        UInt128 value;
        lock (gate)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (now > lastMilliseconds)
            {
                lastMilliseconds = now;
                lastRandom = RandomStart();
            }
            else if (++lastRandom >> 80 != 0)
            {
                // 2^79 ids within one millisecond: borrow the next one rather than repeat.
                lastMilliseconds++;
                lastRandom = RandomStart();
            }

            value = ((UInt128)(ulong)lastMilliseconds << 80) | lastRandom;
        }

        return string.Create(SortableLength, value, static (text, rest) =>
        {
            for (var i = text.Length - 1; i >= 0; i--)
            {
                text[i] = Alphabet[(int)(rest & 31)];
                rest >>= 5;
            }
        });
    }

    /// <inheritdoc/>
    public string NewIdAfter(string other)
    {
        UInt128 value = 0;
        foreach (var digit in other) value = (value << 5) | (uint)Math.Max(0, Alphabet.IndexOf(digit, StringComparison.Ordinal));
        lock (gate)
        {
            if (other.Length == SortableLength && value > (((UInt128)(ulong)lastMilliseconds << 80) | lastRandom)) (lastMilliseconds, lastRandom) = ((long)(value >> 80) + 1, RandomStart());
        }

        return NewId();
    }

    /// <inheritdoc/>
    public string NewShortId() => RandomNumberGenerator.GetString(Alphabet.ToUpperInvariant(), ShortLength);

    /// <inheritdoc/>
    public string NewSecret() => RandomText(SecretBytes);

    /// <inheritdoc/>
    public string NewActionToken() => RandomText(ActionTokenBytes);

    private static string RandomText(int bytes)
    {
        Span<byte> random = stackalloc byte[bytes];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }

    /// <summary>80 random bits; the highest is zero, so that counting up has room.</summary>
    private static UInt128 RandomStart()
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        UInt128 value = (byte)(random[0] & 0x7f);
        foreach (var b in random[1..]) value = (value << 8) | b;
        return value;
    }
}
