namespace ChatOps.Channels.Slack;

/// <summary>
/// The platform's names of one message of ours, which may be several of Slack's: time stamps, then files. One text, parts separated by commas: <c>1700000000.000100,f:F1:ab12</c>;
/// <c>e:</c> is an ephemeral message, <c>r:</c> one through a response address, <c>d:</c> one in a person's direct conversation. The last three cannot be found again by others.
/// </summary>
/// <param name="Messages">The messages, in order.</param>
/// <param name="Files">The files: content key and file id.</param>
internal sealed record SlackParts(IReadOnlyList<string> Messages, IReadOnlyList<(string Key, string Id)> Files)
{
    /// <summary>Nothing sent.</summary>
    public static readonly SlackParts None = new([], []);

    /// <summary>Reads the text; what is not such a part is left out.</summary>
    public static SlackParts Parse(string? platformId)
    {
        if (string.IsNullOrEmpty(platformId)) return None;
        var messages = new List<string>();
        var files = new List<(string, string)>();
        foreach (var part in platformId.Split(','))
        {
            if (part.Split(':') is ["f", var id, var key]) files.Add((key, id));
            else if (part.Length > 0) messages.Add(part);
        }

        return new SlackParts(messages, files);
    }

    /// <summary>As one text; null for nothing.</summary>
    public string? Id => Messages.Count + Files.Count == 0 ? null : string.Join(',', Messages.Concat(Files.Select(f => $"f:{f.Id}:{f.Key}")));
}
