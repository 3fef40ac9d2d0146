namespace ChatOps.Tools;

/// <summary>Where a running tool shows what it does. Calls are cheap and may come at any rate; they are coalesced and redacted on the way.</summary>
public interface IToolProgress
{
    /// <summary>A piece of output of a node.</summary>
    void Output(string node, string text);

    /// <summary>A bar.</summary>
    void Report(string label, long done, long? total);
}
