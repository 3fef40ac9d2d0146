using System.Collections;
using System.Collections.Concurrent;
using ChatOps.Secrets;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>References that the test points at other values.</summary>
internal sealed class RotatingSecrets : ISecretReferences, IEnumerable<KeyValuePair<string, string>>
{
    private readonly ConcurrentDictionary<string, string> values = new();

    public string this[string reference]
    {
        set => values[reference] = value;
    }

    public SecretResolution Resolve(string value) =>
        values.TryGetValue(value, out var found) ? SecretResolution.Found(found, isReference: true) : SecretResolution.Failed($"{value} is not set.");

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
