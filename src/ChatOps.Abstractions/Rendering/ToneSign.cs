using ChatOps.Messages;

namespace ChatOps.Rendering;

/// <summary>What stands with a text for its tone, so that it is never colour alone.</summary>
/// <param name="Icon">One emoji; empty for <see cref="Tone.Plain"/>.</param>
/// <param name="Word">One word; empty for <see cref="Tone.Plain"/>.</param>
public sealed record ToneSign(string Icon, string Word)
{
    /// <summary>The sign of a tone.</summary>
    public static ToneSign Of(Tone tone) => tone switch
    {
        Tone.Ok => new("✅", "Done"),
        Tone.Waiting => new("⏳", "Waiting"),
        Tone.Refused => new("⛔", "Refused"),
        Tone.Failed => new("❌", "Failed"),
        Tone.Unknown => new("❔", "Unknown"),
        _ => new("", ""),
    };

    /// <summary>The icon and a space, or nothing.</summary>
    public string Prefix => Icon.Length == 0 ? "" : Icon + " ";
}
