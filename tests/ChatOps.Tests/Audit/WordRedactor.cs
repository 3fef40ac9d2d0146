using ChatOps.Secrets;

namespace ChatOps.Tests.Audit;

/// <summary>Knows one secret, and one control character.</summary>
internal sealed class WordRedactor : IRedactor
{
    public const string Secret = "hunter2-hunter2";

    public string Redact(string text) => text.Replace(Secret, "[redacted:word:0000]", StringComparison.Ordinal);

    public string Neutralise(string text, bool keepColours = false) => text.Replace('\u001b', '?');

    public IStreamRedactor OpenStream() => throw new NotSupportedException();

    public void AddKnown(string value, string name)
    {
    }
}
