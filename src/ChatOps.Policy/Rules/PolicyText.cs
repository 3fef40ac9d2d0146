using System.Text;
using ChatOps.Configuration;
using ChatOps.Yaml;

namespace ChatOps.Policy.Rules;

/// <summary>What one look at policy.yaml found.</summary>
/// <param name="Text">The text; empty when there is none.</param>
/// <param name="IsMissing">Whether there is no such file.</param>
/// <param name="Problem">Why a file that is there cannot be read.</param>
internal sealed record PolicyText(string Text, bool IsMissing, ConfigurationProblem? Problem)
{
    /// <summary>Whether it holds no rule at all: missing, or empty as a file is between an editor's two steps.</summary>
    public bool IsEmpty => Text.AsSpan().Trim().IsEmpty;

    /// <summary>Looks at the file. A file that is there and cannot be read is a problem, not an absence.</summary>
    public static PolicyText Of(string? file)
    {
        if (file is null) return new PolicyText("", true, null);
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > YamlReader.MaxLength * 4L) return Unreadable(file, "the file is too large");
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return new PolicyText(reader.ReadToEnd(), false, null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new PolicyText("", true, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unreadable(file, "the file cannot be read: " + e.Message);
        }
    }

    private static PolicyText Unreadable(string file, string reason) => new("", false, new ConfigurationProblem(file, 0, "", reason));
}
