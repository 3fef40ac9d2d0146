namespace ChatOps.Policy.Commands.Grammar;

/// <summary>One word after quote removal.</summary>
/// <param name="Text">Literal text, or a pathname pattern in the form of <see cref="ChatOps.Fleet.CommandWord"/>.</param>
/// <param name="IsPattern">Whether <paramref name="Text"/> is a pattern.</param>
/// <param name="IsOpaque">
/// Whether a shell would put something unknown into it. Each unknown part stands as <c>*</c> in <paramref name="Text"/>, which is then good for
/// finding forbidden targets and for nothing else.
/// </param>
internal sealed record ShellWord(string Text, bool IsPattern = false, bool IsOpaque = false)
{
    /// <summary>Whether the word is known exactly and stands for itself.</summary>
    public bool IsLiteral => !IsPattern && !IsOpaque;

    /// <summary>The text without the pattern's backslashes, for messages and for loose comparison.</summary>
    public string Loose => IsPattern && Text.Contains('\\', StringComparison.Ordinal) ? Text.Replace("\\", "", StringComparison.Ordinal) : Text;
}
