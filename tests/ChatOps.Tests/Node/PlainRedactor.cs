using ChatOps.Secrets;

namespace ChatOps.Tests.Node;

/// <summary>Replaces one word, so that tests see where redaction happens.</summary>
internal sealed class PlainRedactor : IRedactor, IStreamRedactor
{
    public const string Secret = "hunter2hunter2";

    public string Redact(string text) => text.Replace(Secret, "[redacted]", StringComparison.Ordinal);

    public string Neutralise(string text, bool keepColours = false) => text;

    public IStreamRedactor OpenStream() => new PlainRedactor();

    public void AddKnown(string value, string name) => throw new NotSupportedException();

    public string Push(string text) => Redact(text);

    public string Flush() => "";
}
