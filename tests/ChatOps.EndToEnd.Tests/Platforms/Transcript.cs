using System.Text;
using ChatOps.Testing.Discord;

namespace ChatOps.EndToEnd.Platforms;

/// <summary>What stands on the platforms, as people would read it there. For failures, and to be looked at: CHATOPS_TRANSCRIPTS names a directory.</summary>
internal static class Transcript
{
    public static string Of(Team team)
    {
        var text = new StringBuilder();
        foreach (var room in team.Slack.Workspace.Rooms.Keys.Order(StringComparer.Ordinal))
        {
            foreach (var post in team.Slack.Workspace.In(room))
                Add(text, $"slack {room}", $"{(post.Thread is null ? "" : $"thread {post.Thread} ")}{(post.OnlyFor is null ? "" : $"only {post.OnlyFor} ")}edits {post.Edits}",
                    $"({post.Text})\n{post.Shown}", post.Buttons.Select(b => b["text"]!["text"]!.GetValue<string>()));
        }

        foreach (var call in team.Telegram.CallsOf("sendMessage").Select(c => c.Chat).OfType<long>().Append(team.BensChat.Id).Distinct())
        {
            foreach (var post in team.Telegram.ChatOf(call).Posts)
                Add(text, $"telegram {post.Chat}", $"{post.From?.Name ?? "bot"} edits {post.Edits}{(post.File is { } file ? $" file {file.Name} {file.Content.Length} B" : "")}", post.Text, post.Buttons.SelectMany(r => r).Select(b => b.Text));
        }

        foreach (var room in new[] { DiscordServer.Ops }.Concat(team.Discord.Threads.Select(t => t.Id)).Concat([team.Discord.DirectOf(Team.Cleo), team.Discord.DirectOf(DiscordServer.Eve)]))
        {
            foreach (var post in team.Discord.Seen(room))
                Add(text, $"discord {room} {team.Discord.Place(room).Name}", $"edits {post.Edits}{string.Concat(post.Files.Select(f => $" file {f.Name}"))}", post.Text,
                    DiscordPost.Walk(post.Components).Where(c => (int?)c["type"] == 2).Select(c => (string)c["label"]!));
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, string place, string state, string words, IEnumerable<string> buttons) =>
        text.Append("── ").Append(place).Append(" · ").AppendLine(state).AppendLine(words).AppendLine(string.Concat(buttons.Select(b => $"[{b}] ")));
}
