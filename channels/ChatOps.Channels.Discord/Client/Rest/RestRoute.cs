namespace ChatOps.Channels.Discord;

/// <summary>A REST address, with what its rate limit depends on.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The address with its ids left open: requests of one template share a bucket for each <paramref name="Major"/>.</param>
/// <param name="Path">The address below the root.</param>
/// <param name="Major">The top-level resource (channel, guild, webhook); empty where there is none.</param>
/// <param name="Authorized">Whether the bot token goes with it. Interaction addresses carry a token of their own and stand outside the global limit.</param>
internal sealed record RestRoute(HttpMethod Method, string Template, string Path, string Major, bool Authorized = true)
{
    /// <summary>An address below a channel.</summary>
    public static RestRoute Channel(HttpMethod method, string channel, string template = "", params ReadOnlySpan<string> ids) =>
        new(method, "channels/{}" + template, Fill("channels/" + Escape(channel) + template, ids), channel);

    /// <summary>An address without a top-level resource.</summary>
    public static RestRoute Plain(HttpMethod method, string template, params ReadOnlySpan<string> ids) => new(method, template, Fill(template, ids), "");

    /// <summary>An address below a guild's or the application's commands.</summary>
    public static RestRoute Guild(HttpMethod method, string guild, string template, params ReadOnlySpan<string> ids) => new(method, template, Fill(template, ids), guild);

    /// <summary>An address that an interaction's own token opens.</summary>
    public static RestRoute Interaction(HttpMethod method, string template, string id, string token) =>
        new(method, template, Fill(template, [id, token]), id + "/" + token.GetHashCode(StringComparison.Ordinal), Authorized: false);

    /// <summary>Requests with the same key have the same bucket.</summary>
    public string Key => Method.Method + " " + Template;

    /// <summary>Never the path: it may hold an interaction's token.</summary>
    public override string ToString() => Key;

    private static string Fill(string template, ReadOnlySpan<string> ids)
    {
        foreach (var id in ids)
        {
            var at = template.IndexOf("{}", StringComparison.Ordinal);
            template = string.Concat(template.AsSpan(0, at), Escape(id), template.AsSpan(at + 2));
        }

        return template;
    }

    private static string Escape(string id) => Uri.EscapeDataString(id);
}
