using System.Text.RegularExpressions;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Http;

/// <summary>What becomes of a person's messages over the limit, seen through a real gateway.</summary>
public partial class MessageLimitTests
{
    [Fact]
    public async Task Over_the_limit_nothing_runs_and_the_person_the_record_and_the_metrics_say_so()
    {
        using var folder = new TempFolder();
        // One a minute: however slow the machine is, the second is one too many.
        await using var gateway = await GatewayProcess.StartAsync(folder.Data, environment: new Dictionary<string, string> { ["CHATOPS__Agent__MessagesPerMinute"] = "1" });
        using var chat = await Chat.OpenAsync(gateway, "ops");
        foreach (var text in (string[])["/whoami", "/status", "/nodes"])
        {
            using var accepted = await chat.SayAsync(text);
            accepted.EnsureSuccessStatusCode();
        }

        await chat.HearsAsync("so this one was not answered, and nothing of it ran: /status");
        using (await chat.SayAsync("/halt status")) await chat.HearsAsync("Nothing is halted");
        var record = "";
        await Until.TrueAsync(
            async () => (record = (await gateway.CallAsync("audit_list", new { }))["result"]!.ToJsonString()).Split("was not answered: more than 1 a minute").Length == 3, () => $"Not two of them are in the record:\n{record}");
        var metrics = "";
        await Until.TrueAsync(
            async () => Limited().IsMatch(metrics = await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative))), () => $"Not two of them are counted:\n{metrics}");
        Assert.DoesNotContain("nothing of it ran: /nodes", chat.Heard, StringComparison.Ordinal);
    }

    [GeneratedRegex("chatops_messages_limited_total\\{[^}]*limit=\"person\"[^}]*\\} 2")]
    private static partial Regex Limited();
}
