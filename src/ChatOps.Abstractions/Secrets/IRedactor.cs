namespace ChatOps.Secrets;

/// <summary>Removes secrets from text and makes control characters inert. Applied once on the way to every sink: chat, store, log, audit, CLI.</summary>
public interface IRedactor
{
    /// <summary>Replaces secrets by typed markers such as <c>[redacted:aws-key:3f9a]</c> (the suffix is a keyed short hash, equal for equal secrets).</summary>
    /// <param name="text">Any text.</param>
    string Redact(string text);

    /// <summary>Removes or escapes terminal control sequences, bidirectional controls and zero-width characters; keeps newlines, tabs and SGR colours when asked.</summary>
    /// <param name="text">Text from outside.</param>
    /// <param name="keepColours">Keep SGR colour sequences (<c>ESC [ … m</c>), for sinks that render them as classes.</param>
    string Neutralise(string text, bool keepColours = false);

    /// <summary>A redactor for a stream: secrets that stand across the border of two pieces are found too.</summary>
    IStreamRedactor OpenStream();

    /// <summary>Adds a value that must never leave (a configured token, a key of ours). Shorter than 6 characters is ignored.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">What it is called in the marker.</param>
    void AddKnown(string value, string name);
}
