using System.Globalization;
using System.Text;

namespace ChatOps.Tools.Reports;

/// <summary>Keeps reports as files: a bounded number of the newest.</summary>
internal sealed class ReportFiles(ToolsOptions options)
{
    /// <summary>How many reports are kept.</summary>
    public const int MaxFiles = 100;

    /// <summary>Writes one.</summary>
    /// <returns>Its name; and why it could not be written, for people, or null.</returns>
    public (string Name, string? Problem) Keep(string report, DateTimeOffset at, string text)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd}-{report}-{at:HHmm}.md");
        if (options.ReportsDirectory is not { } directory) return (name, "there is no workspace.");
        try
        {
            Directory.CreateDirectory(directory);
            // Whole or not at all: somebody may read it at this moment.
            var unfinished = Path.Combine(directory, $".{name}.new");
            File.WriteAllText(unfinished, text, new UTF8Encoding(false));
            File.Move(unfinished, Path.Combine(directory, name), overwrite: true);
            // Names begin with the day, so the order of names is that of time. Only what has the form of a report is ever removed.
            foreach (var old in Directory.EnumerateFiles(directory, "????-??-??-*-????.md").OrderDescending(StringComparer.Ordinal).Skip(MaxFiles)) File.Delete(old);
            return (name, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (name, e.Message);
        }
    }
}
