using System.Globalization;
using ChatOps.EndToEnd.Crashes;

namespace ChatOps.EndToEnd.Platforms;

/// <summary>kill -9 while three platforms deliver. CHATOPS_CRASH_KILLS sets how often; the default fits into a run of all tests.</summary>
public sealed class KillTests
{
    private const int Lanes = 2;
    private const int Default = 40;

    [Fact]
    public async Task However_often_it_is_killed_nothing_is_lost_or_run_twice_and_each_conversation_keeps_its_order()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("CHATOPS_CRASH_KILLS"), CultureInfo.InvariantCulture, out var wanted) ? Math.Max(Lanes, wanted) : Default;
        var lanes = Enumerable.Range(0, Lanes).Select(n => new PlatformLane(n)).ToList();
        try
        {
            await Task.WhenAll(lanes.Select(lane => Task.Run(() => lane.RunAsync(kills / Lanes))));
            Assert.Equal(kills / Lanes * Lanes, lanes.Sum(l => l.Deaths.Count));
            foreach (var lane in lanes)
            {
                var ledger = await Ledger.ReadAsync(lane);
                LedgerRules.Check(ledger);
                var doubtful = ledger.Outbox.Where(step => step["state"] == "unknown").Select(step => step["message_id"]).ToHashSet();
                var unsure = ledger.Messages.Where(m => doubtful.Contains(m["id"])).Select(m => m["inbox_id"]).ToHashSet();
                // These were told that the gateway stopped meanwhile; the ledger's rules see to that.
                unsure.UnionWith(ledger.Invocations.Where(i => i["status"] is "failed" or "unknown").Select(i => i["inbox_id"]));
                Assert.Contains(lane.Said, said => !unsure.Contains(said.InboxId));
                Assert.True(doubtful.Count <= lane.Deaths.Count, $"{doubtful.Count} ends of {lane.Deaths.Count} lives are unknown.");
                foreach (var (platform, answers) in ((string[])["telegram", "slack", "discord"]).Zip(lane.Answers())) CheckAnswers(lane, platform, answers, unsure);
                Assert.Empty(lane.Team.Telegram.Violations);
                // An edit that a kill hit is made again as it was, block ids and all; it shows the same.
                Assert.DoesNotContain(lane.Team.Slack.Violations, v => !v.EndsWith("kept a block_id", StringComparison.Ordinal));
                Assert.Empty(lane.Team.Discord.GatewayFaults);
            }
        }
        finally
        {
            foreach (var lane in lanes) await lane.DisposeAsync();
        }
    }

    // A send whose end is not known is sent once more, except where the platform itself recognises it.
    private static void CheckAnswers(PlatformLane lane, string platform, IReadOnlyList<string> answers, HashSet<string?> unsure)
    {
        var first = new List<int>();
        foreach (var said in lane.Said.Where(s => s.Conversation == platform))
        {
            var times = answers.Count(a => Tells(a, said));
            if (unsure.Contains(said.InboxId)) continue;
            Assert.True(times is 1 or 2 && (times == 1 || platform != "discord"), $"{said.Text} was answered {times} times on {platform}:\n{string.Join("\n--\n", answers)}");
            // A card goes before results that wait; answers of one kind keep their order.
            if (said.Kind == SaidKind.Read) first.Add(answers.Index().First(a => Tells(a.Item, said)).Index);
        }

        Assert.True(first.SequenceEqual(first.Order()), $"Answers on {platform} are out of order:\n{string.Join("\n--\n", answers)}");
    }

    // What only says that it is being worked on is no answer; a kill may leave it standing.
    private static bool Tells(string answer, Said said) => !answer.Contains("Running", StringComparison.Ordinal) && answer.Split([' ', '\n', '\'', '`'], StringSplitOptions.RemoveEmptyEntries).Contains(said.ClientId);
}
