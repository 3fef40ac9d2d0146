namespace ChatOps.Agent.Turns;

/// <summary>What a press carries: the token, and the reason when the button asked for one.</summary>
/// <param name="Token">Names the stored action.</param>
/// <param name="Reason">In the person's words; null for none.</param>
internal readonly record struct ButtonPress(string Token, string? Reason)
{
    /// <summary>Reads the text of a press: <c>token</c> or <c>token reason…</c>.</summary>
    public static ButtonPress Read(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0) return new(text, null);
        var reason = text[(space + 1)..].Trim();
        return new(text[..space], reason.Length == 0 ? null : reason);
    }
}
