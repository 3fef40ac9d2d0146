using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Channels.Slack.Client;

namespace ChatOps.Channels.Slack.Http;

/// <summary>Reads the forms that slash commands and interactions come in over HTTP.</summary>
internal static class SlackForm
{
    private const int MaxFields = 64;

    /// <summary>The fields as one object, like Socket Mode delivers them; not an object when it is no form.</summary>
    public static SlackPayload Parse(ReadOnlySpan<byte> body)
    {
        var fields = new JsonObject();
        foreach (var pair in Encoding.UTF8.GetString(body).Split('&', MaxFields + 1).Take(MaxFields))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) fields[WebUtility.UrlDecode(pair[..equals])] = WebUtility.UrlDecode(pair[(equals + 1)..]);
        }

        return fields.Count == 0 ? default : new SlackPayload(JsonSerializer.SerializeToElement(fields));
    }
}
