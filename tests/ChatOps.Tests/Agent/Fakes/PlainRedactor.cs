using ChatOps.Secrets;

namespace ChatOps.Tests.Agent.Fakes;

internal sealed class PlainRedactor : IRedactor
{
    public string Redact(string text) => text;

    public string Neutralise(string text, bool keepColours = false) => text;

    public IStreamRedactor OpenStream() => throw new NotSupportedException("No stream is redacted here.");

    public void AddKnown(string value, string name)
    {
    }
}
