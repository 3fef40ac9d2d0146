using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Scheduling.Book;

/// <summary>Where a schedule may answer: the conversation it is asked for in, an admitted group, or one of its owner's own.</summary>
internal sealed class ConversationPlaces(TimeProvider time)
{
    private const int MaxGroups = 1000;
    private const int MaxConversations = 200;
    private const int MaxShown = 8;
    private const int MaxSlug = 40;
    private const string OwnPrefix = "schedule-";

    /// <summary>Finds it; a name of a web conversation that is to be made is made when <paramref name="make"/> says so.</summary>
    /// <returns>The conversation's id and its name for people, or what is wrong.</returns>
    public (string? Id, string Name, string? Problem) Find(IStoreSession session, string? to, string? here, Principal owner, string schedule, bool make)
    {
        if (to is null || to == "here")
        {
            if (here is not null) return (here, "here", null);
            return (null, "", "Say where it is to answer: --to web, --to slack:#ops. " + Known(session, owner));
        }

        if (to == "me") return session.Admissions.PlaceOf(owner.Id) is { } place ? (place, place, null) : (null, "", "There is no private conversation with you yet. Write to the bot first, or name another place.");
        if (to.Split(':', 2) is not [var channel, var chat]) return to == "web" ? Own(session, owner, schedule, make) : (null, "", $"'{to}' is no place. {Known(session, owner)}");
        if (channel == "web") return Web(session, chat, owner, schedule, make);
        var name = chat.TrimStart('#');
        var groups = session.Admissions.Groups(MaxGroups).Where(g => g.Channel == channel && g.Admitted).ToList();
        if (groups.FirstOrDefault(g => g.Chat == chat) is { } byId) return (new ConversationKey(channel, byId.Chat).Id, $"{channel}:{byId.Name}", null);
        var named = groups.Where(g => string.Equals(g.Name.TrimStart('#'), name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (named is [var only]) return (new ConversationKey(channel, only.Chat).Id, $"{channel}:{only.Name}", null);
        if (named.Count > 1) return (null, "", $"There are {named.Count} groups named '{chat}'; name one by its id: {string.Join(", ", named.Select(g => $"{channel}:{g.Chat}"))}.");
        var key = new ConversationKey(channel, chat).Id;
        if (session.Admissions.PlaceOf(owner.Id) == key || (owner.Identities.Any(i => i.StartsWith(channel + ":", StringComparison.Ordinal) && i.EndsWith(":" + chat, StringComparison.Ordinal)) && session.Conversations.Find(key) is not null))
            return (key, to, null);
        return (null, "", $"'{to}' is not known as a place to write to. {Known(session, owner)}");
    }

    private (string? Id, string Name, string? Problem) Web(IStoreSession session, string name, Principal owner, string schedule, bool make)
    {
        var own = session.Conversations.List("web", owner.Id, MaxConversations);
        var found = own.FirstOrDefault(c => ConversationKey.Parse(c.Id).Chat is var chat && (chat == name || chat == $"{owner.Id}.{name}")) ?? own.FirstOrDefault(c => string.Equals(c.Title, name, StringComparison.OrdinalIgnoreCase));
        if (found is not null) return (found.Id, $"web:{found.Title}", null);
        return name == schedule ? Own(session, owner, schedule, make) : (null, "", $"You have no conversation '{name}' in the console. --to web makes one of its own. {Known(session, owner)}");
    }

    private (string? Id, string Name, string? Problem) Own(IStoreSession session, Principal owner, string schedule, bool make)
    {
        var key = OwnOf(owner, schedule);
        if (session.Conversations.Find(key.Id) is { } its)
            return its.Owner == owner.Id ? (its.Id, $"web:{its.Title}", null) : (null, "", "The conversation of that name belongs to somebody else. Give the schedule another name.");
        if (make) session.Conversations.Touch(key.Id, owner.Id, schedule, time.GetUtcNow());
        return (key.Id, $"web:{schedule}", null);
    }

    // As the console addresses conversations: its person, and a short name of small letters, digits and dashes.
    private static ConversationKey OwnOf(Principal owner, string schedule)
    {
        var slug = new string([.. schedule.Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-').Take(MaxSlug - OwnPrefix.Length)]);
        return new ConversationKey("web", $"{owner.Id}.{OwnPrefix}{slug}");
    }

    private static string Known(IStoreSession session, Principal owner)
    {
        var groups = session.Admissions.Groups(MaxGroups).Where(g => g.Admitted).Select(g => $"{g.Channel}:{(g.Name.Length > 0 ? g.Name : g.Chat)}").ToList();
        var own = session.Conversations.List("web", owner.Id, MaxShown).Select(c => $"web:{c.Title}");
        var all = groups.Concat(own).Prepend("web").ToList();
        return $"There {(all.Count == 1 ? "is" : "are")}: {string.Join(", ", all.Take(MaxShown))}{(all.Count > MaxShown ? $" and {all.Count - MaxShown} more" : "")}.";
    }
}
