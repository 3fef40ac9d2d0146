namespace ChatOps.Agent.Commands;

/// <summary>A word of a line, with its place in it.</summary>
/// <param name="Text">The word after quotes and backslashes were taken off.</param>
/// <param name="Raw">The word as written.</param>
/// <param name="Start">Where it starts in the line.</param>
/// <param name="End">Just after its last character.</param>
/// <param name="Quoted">Whether the whole word is one quoted piece.</param>
internal readonly record struct ChatWord(string Text, string Raw, int Start, int End, bool Quoted)
{
    /// <summary>A word that came from an argument vector: as it is, at no place.</summary>
    public static ChatWord Argument(string text) => new(text, text, 0, 0, false);
}
