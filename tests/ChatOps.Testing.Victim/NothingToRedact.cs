using ChatOps.Secrets;

namespace ChatOps.Testing.Victim;

/// <summary>What it writes holds no secret.</summary>
internal sealed class NothingToRedact : IRedactor
{
    public string Redact(string text) => text;

    public string Neutralise(string text, bool keepColours = false) => text;

    public IStreamRedactor OpenStream() => throw new NotSupportedException();

    public void AddKnown(string value, string name)
    {
    }
}
