using ChatOps.Channels.Slack.Client;
using ChatOps.Identity;
using ChatOps.Messages;

namespace ChatOps.Channels.Slack;

/// <summary>
/// What Slack tells, as inbound messages. Pure. A person's message in a channel comes twice (as <c>app_mention</c> and as <c>message</c>) and again with every retry; all of
/// them have one key, made of team, channel and time stamp.
/// </summary>
internal static partial class SlackInbound
{
    private const string SlackBot = "USLACKBOT";

    /// <summary>The thread that an event belongs to, when knowing whether the bot takes part in it matters.</summary>
    public static (string Channel, string Thread)? ThreadOf(SlackPayload envelope)
    {
        var happened = envelope.At("event");
        var (channel, thread) = (happened.Text("channel"), happened.Text("thread_ts"));
        return happened.Text("type") == "message" && SlackIds.IsId(channel) && SlackIds.IsTs(thread) ? (channel, thread) : null;
    }

    /// <summary>An event of the Events API.</summary>
    /// <param name="envelope">The <c>event_callback</c>.</param>
    /// <param name="me">Who the bot is.</param>
    /// <param name="takesPart">Whether the bot takes part in the event's thread.</param>
    public static SlackHeard Event(SlackPayload envelope, SlackAccount me, bool takesPart)
    {
        if (envelope.Text("type") == "app_rate_limited") return SlackHeard.Drop("app-rate-limited");
        if (envelope.Text("type") != "event_callback") return SlackHeard.Drop("unknown");
        var said = envelope.At("event");
        var type = said.Text("type");
        if (type is not ("message" or "app_mention")) return SlackHeard.Drop("unknown");
        if (NotAPersonsWords(said, me) is { } reason) return SlackHeard.Drop(reason);
        var (channel, ts, user, thread) = (said.Text("channel"), said.Text("ts"), said.Text("user"), said.Text("thread_ts"));
        if (!SlackIds.IsId(channel) || !SlackIds.IsTs(ts) || !SlackIds.IsId(user) || (thread.Length > 0 && !SlackIds.IsTs(thread))) return SlackHeard.Drop("malformed");
        if (IsStranger(envelope, said, me)) return SlackHeard.Drop("external");
        var direct = SlackIds.IsDirect(channel, said.Text("channel_type"));
        var text = said.Text("text");
        if (!direct && type != "app_mention" && !takesPart && !Mentions(text, me) && said.Text("parent_user_id") != me.BotUser) return SlackHeard.Drop("not-addressed");
        var files = Files(said);
        var words = SlackText.Decode(text, me.BotUser);
        if (words.Length == 0 && files.Count == 0)
        {
            // A message that was passed on has its text in an attachment, and those are not the sender's words.
            if (said.Has("attachments")) return SlackHeard.Drop("forwarded");
            words = "/help";
        }

        var conversation = new ConversationKey(SlackChannel.ChannelName, channel, direct ? thread : thread.Length > 0 ? thread : ts);
        return SlackHeard.Of(new InboundMessage($"slack:{me.Team}:{channel}:{ts}", conversation, new Actor(SlackChannel.ChannelName, me.Team, user), InboundKind.Text, words)
        {
            Context = new InboundContext { Group = direct ? null : channel, Anchor = ts, Files = files, Tenant = me.Team },
        });
    }

    private static string? NotAPersonsWords(SlackPayload said, SlackAccount me)
    {
        var subtype = said.Text("subtype");
        if (said.Has("bot_id") || said.Has("bot_profile") || subtype == "bot_message" || said.Text("user") == SlackBot) return "bot";
        if (said.Text("user") == me.BotUser) return "own";
        if (said.Has("edited") || subtype is "message_changed" or "message_deleted" or "message_replied") return "edited";
        if (said.Has("hidden")) return "hidden";
        return subtype is "" or "file_share" or "thread_broadcast" ? null : "subtype";
    }

    // Slack Connect shows people of other organisations in our channels. Every team that is named must be ours; where channels are shared, one must be named.
    private static bool IsStranger(SlackPayload envelope, SlackPayload said, SlackAccount me)
    {
        if (envelope.Text("team_id") != me.Team) return true;
        var named = new[] { said.Text("user_team"), said.Text("source_team"), said.Text("team") }.Where(team => team.Length > 0).ToList();
        return named.Any(team => team != me.Team) || (named.Count == 0 && envelope.Has("is_ext_shared_channel"));
    }

    private static bool Mentions(string text, SlackAccount me) =>
        text.Contains($"<@{me.BotUser}>", StringComparison.Ordinal) || text.Contains($"<@{me.BotUser}|", StringComparison.Ordinal);

    private static List<InboundFile> Files(SlackPayload said) =>
        [.. said.Items("files").Where(file => SlackIds.IsId(file.Text("id")) && file.Text("mode") != "tombstone").Take(InboundContext.MaxFiles).Select(File)];

    private static InboundFile File(SlackPayload file)
    {
        var media = file.Text("mimetype");
        var kind = file.Text("subtype") == "slack_audio" ? InboundFileKind.Voice
            : media.StartsWith("audio/", StringComparison.Ordinal) ? InboundFileKind.Audio
            : media.StartsWith("image/", StringComparison.Ordinal) ? InboundFileKind.Image
            : InboundFileKind.Document;
        var length = file.Number("duration_ms") is { } ms and > 0 and < int.MaxValue ? TimeSpan.FromMilliseconds(ms) : (TimeSpan?)null;
        var size = file.Number("size") is { } bytes and >= 0 ? bytes : (long?)null;
        return new InboundFile(kind, file.Text("id"), Name(file.Text("name")), media.Length is > 0 and <= 128 ? media : null, size, length);
    }

    // A name for people: no path, no cut surrogate.
    private static string Name(string name)
    {
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        if (name.Length == 0) return "file";
        if (name.Length <= InboundContext.MaxTextLength) return name;
        return name[..(char.IsHighSurrogate(name[InboundContext.MaxTextLength - 1]) ? InboundContext.MaxTextLength - 1 : InboundContext.MaxTextLength)];
    }
}
