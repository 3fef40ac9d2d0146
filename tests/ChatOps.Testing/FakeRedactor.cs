using ChatOps.Secrets;

namespace ChatOps.Testing;

/// <summary>Removes one known secret and control characters: enough to see whether and in which order a part asks.</summary>
public sealed class FakeRedactor : IRedactor
{
    /// <summary>The only secret there is.</summary>
    public const string Secret = "hunter2hunter2";

    /// <summary>What stands in its place.</summary>
    public const string Marker = "[redacted:test]";

    public string Redact(string text) => text.Replace(Secret, Marker, StringComparison.Ordinal);

    public string Neutralise(string text, bool keepColours = false) =>
        new([.. text.Where(c => c is '\n' or '\t' || (!char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format))]);

    public IStreamRedactor OpenStream() => new WholeText(this);

    public void AddKnown(string value, string name) => throw new NotSupportedException("It knows one secret.");

    /// <summary>Lets nothing through before the end: no piece can cut the secret in two.</summary>
    private sealed class WholeText(FakeRedactor redactor) : IStreamRedactor
    {
        private readonly System.Text.StringBuilder text = new();

        public string Push(string chunk)
        {
            text.Append(chunk);
            return "";
        }

        public string Flush() => redactor.Redact(text.ToString());
    }
}
