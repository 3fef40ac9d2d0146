namespace ChatOps.Checks.Probes;

/// <summary>Puts a text into a command line as one word.</summary>
internal static class ShellWord
{
    private const string Plain = "_./:=@%+,-";

    /// <summary>The word, quoted where it must be.</summary>
    public static string Of(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal)) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
