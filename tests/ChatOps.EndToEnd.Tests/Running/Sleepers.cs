using System.Diagnostics;
using System.Globalization;

namespace ChatOps.EndToEnd.Running;

/// <summary>Finds the sleeping processes of one test by the odd time that they sleep, and ends what is left of them.</summary>
internal sealed class Sleepers : IDisposable
{
    /// <summary>Behind the point of the seconds, and nobody else's.</summary>
    public string Number { get; } = Random.Shared.Next(100_000, 1_000_000).ToString(CultureInfo.InvariantCulture);

    /// <summary>How long the living ones sleep.</summary>
    public IReadOnlyList<string> Alive() => [.. Find().Select(p => p.Time)];

    public void Dispose()
    {
        foreach (var (id, _) in Find())
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
            {
                // It ended meanwhile.
            }
        }
    }

    private List<(int Id, string Time)> Find()
    {
        var found = new List<(int, string)>();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0])))
        {
            try
            {
                var line = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0');
                if (line is ["sleep", var time, ..] && time.EndsWith(Number, StringComparison.Ordinal))
                    found.Add((int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture), time));
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile.
            }
        }

        return found;
    }
}
