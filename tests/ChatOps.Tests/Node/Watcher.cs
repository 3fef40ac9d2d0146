using System.Text;
using ChatOps.Fleet;

namespace ChatOps.Tests.Node;

/// <summary>Collects live output.</summary>
internal sealed class Watcher : IExecutionOutput
{
    private readonly StringBuilder _text = new();

    public string Text
    {
        get
        {
            lock (_text)
                return _text.ToString();
        }
    }

    public long Characters { get; private set; }

    public void Append(string text)
    {
        lock (_text)
        {
            Characters += text.Length;
            if (_text.Length < 1_000_000)
                _text.Append(text);
        }
    }

    public Task SeesAsync(string expected) => Testing.Until.TrueAsync(() => Text.Contains(expected, StringComparison.Ordinal), what: $"'{expected}' appears");
}
