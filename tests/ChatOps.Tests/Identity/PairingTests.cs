using ChatOps.Identity;
using ChatOps.Identity.Pairing;
using ChatOps.Messages;

namespace ChatOps.Tests.Identity;

public sealed class PairingTests
{
    private static readonly Actor Ada = new("telegram", "", "1");

    [Fact]
    public async Task A_stranger_gets_one_code_of_eight_clear_characters_and_then_silence()
    {
        await using var bench = await PairingBench.StartAsync();
        var code = PairingBench.Code(await bench.GreetAsync("eve"));

        Assert.Equal(PairingCode.Length, code!.Length);
        Assert.All(code, c => Assert.Contains(c, PairingCode.Alphabet));
        Assert.DoesNotContain(PairingCode.Alphabet, c => "0O1ILl5S8B2ZUV".Contains(c, StringComparison.Ordinal));
        Assert.Empty((await bench.GreetAsync("eve")).Blocks);
        Assert.Equal(code, Assert.Single(await bench.Pairings.PendingAsync(CancellationToken.None)).Code);
    }

    [Fact]
    public async Task Asked_again_for_the_same_message_the_same_code_is_given()
    {
        await using var bench = await PairingBench.StartAsync();
        var item = await bench.ArriveAsync("eve");

        var first = PairingBench.Code(await bench.Door.GreetAsync(item, CancellationToken.None));
        Assert.Equal(first, PairingBench.Code(await bench.Door.GreetAsync(item, CancellationToken.None)));
    }

    [Fact]
    public async Task After_an_hour_the_code_is_over_and_a_new_one_is_given()
    {
        await using var bench = await PairingBench.StartAsync();
        var first = PairingBench.Code(await bench.GreetAsync("eve"))!;
        bench.Time.Advance(PairingBounds.CodeLifetime);

        Assert.Contains("Nobody waits", await bench.Pairings.ApproveAsync(first, "eve", "viewer", "ada", CancellationToken.None), StringComparison.Ordinal);
        Assert.NotEqual(first, PairingBench.Code(await bench.GreetAsync("eve")));
    }

    [Fact]
    public async Task Three_wait_in_one_workspace_at_most_and_a_fourth_is_told_once()
    {
        await using var bench = await PairingBench.StartAsync();
        for (var i = 0; i < PairingBounds.MaxPending; i++) Assert.NotNull(PairingBench.Code(await bench.GreetAsync($"u{i}", "slack", "T1")));

        var fourth = await bench.GreetAsync("u4", "slack", "T1");
        Assert.Null(PairingBench.Code(fourth));
        Assert.NotEmpty(fourth.Blocks);
        Assert.Empty((await bench.GreetAsync("u4", "slack", "T1")).Blocks);
        Assert.NotNull(PairingBench.Code(await bench.GreetAsync("u4", "slack", "T2")));
        bench.Time.Advance(PairingBounds.CodeLifetime);
        Assert.NotNull(PairingBench.Code(await bench.GreetAsync("u4", "slack", "T1")));
    }

    [Fact]
    public async Task Over_all_workspaces_the_number_of_those_who_wait_is_bounded()
    {
        await using var bench = await PairingBench.StartAsync();
        for (var i = 0; i < 2 * PairingBounds.MaxPendingOverall; i++) await bench.GreetAsync("u", "slack", $"T{i}");

        Assert.Equal(PairingBounds.MaxPendingOverall, (await bench.Pairings.PendingAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Approved_they_are_a_person_with_the_role_and_are_told()
    {
        await using var bench = await PairingBench.StartAsync();
        var code = PairingBench.Code(await bench.GreetAsync("eve", name: "Eve Adams"))!;

        Assert.Null(await bench.Pairings.ApproveAsync($" {code[..4].ToLowerInvariant()}-{code[4..]}", "eve-adams", "operator", "ada", CancellationToken.None));

        var person = bench.Access.Principals.Resolve(new Actor("telegram", "", "eve"));
        Assert.Equal(("eve-adams", "operator"), (person!.Id, Assert.Single(person.Roles)));
        Assert.Empty(await bench.Pairings.PendingAsync(CancellationToken.None));
        Assert.Contains("eve\\-adams", ((TextBlock)Assert.Single(await bench.MessagesAsync("telegram/dm-eve")).Content.Blocks[0]).Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Denied_they_are_not_answered_for_a_day()
    {
        await using var bench = await PairingBench.StartAsync();
        var code = PairingBench.Code(await bench.GreetAsync("eve"))!;

        Assert.Null(await bench.Pairings.DenyAsync(code, "ada", CancellationToken.None));
        Assert.Empty((await bench.GreetAsync("eve")).Blocks);
        bench.Time.Advance(TimeSpan.FromHours(23));
        Assert.Empty((await bench.GreetAsync("eve")).Blocks);
        bench.Time.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(PairingBench.Code(await bench.GreetAsync("eve")));
    }

    [Fact]
    public async Task A_display_name_never_leads_to_a_person_who_exists()
    {
        await using var bench = await PairingBench.StartAsync();
        await bench.GreetAsync("eve", name: "Ada");
        var row = Assert.Single(await bench.Pairings.PendingAsync(CancellationToken.None));

        Assert.Equal("ada-2", bench.Pairings.NameFor(row));
        Assert.Equal("telegram-eve", bench.Pairings.NameFor(row with { Actor = row.Actor with { DisplayName = "\u202e!!" } }));
    }

    [Fact]
    public async Task Who_gives_roles_is_asked_where_they_were_last_in_private_and_every_card_shows_the_answer()
    {
        await using var bench = await PairingBench.StartAsync();
        var ada = bench.Access.Principals.Resolve(Ada)!;
        await bench.Door.SeenAsync(ada, await bench.ArriveAsync("1"), CancellationToken.None);
        await bench.Door.SeenAsync(ada, await bench.ArriveAsync("1", group: "Ops", chat: "-5"), CancellationToken.None);
        await bench.Door.SeenAsync(bench.Access.Principals.Find("bob")!, await bench.ArriveAsync("2"), CancellationToken.None);

        var code = PairingBench.Code(await bench.GreetAsync("eve", name: "Eve"))!;
        var card = Assert.Single(await bench.MessagesAsync("telegram/dm-1"));
        var actions = card.Content.Blocks.OfType<ActionsBlock>().Single().Actions;
        Assert.Equal(["Let in as viewer", "Let in as operator", "Deny"], actions.Select(a => a.Label));
        var first = (await bench.Bus.Store.ReadAsync(s => s.Approvals.FindAction(actions[0].Token), CancellationToken.None))!;
        Assert.Equal(($"access pair approve {code} --role viewer", "telegram/dm-1"), (first.Command, first.ConversationId));
        Assert.Empty(await bench.MessagesAsync("telegram/-5"));
        Assert.Empty(await bench.MessagesAsync("telegram/dm-2"));

        await bench.Pairings.ApproveAsync(code, "eve", "viewer", "ada", CancellationToken.None);
        card = Assert.Single(await bench.MessagesAsync("telegram/dm-1"));
        Assert.Empty(card.Content.Blocks.OfType<ActionsBlock>());
        Assert.Contains("Let in as eve with the role viewer by ada", card.Content.Blocks.OfType<TextBlock>().Single().Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_other_place_an_admin_is_asked_in_their_newest_conversation_of_the_console()
    {
        await using var bench = await PairingBench.StartAsync();
        await bench.Bus.Store.WriteAsync(s =>
        {
            s.Conversations.Touch("web/c1", "ada", "one", bench.Time.GetUtcNow());
            s.Conversations.Touch("web/c2", "bob", "other", bench.Time.GetUtcNow());
            return true;
        }, CancellationToken.None);

        await bench.GreetAsync("eve");
        Assert.Single(await bench.MessagesAsync("web/c1"));
        Assert.Empty(await bench.MessagesAsync("web/c2"));
    }

    [Fact]
    public async Task Somebody_of_our_own_channels_cannot_be_paired()
    {
        await using var bench = await PairingBench.StartAsync();

        Assert.Null(PairingBench.Code(await bench.GreetAsync("ghost", "web")));
        Assert.Empty(await bench.Pairings.PendingAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_group_says_once_a_day_how_it_is_admitted()
    {
        await using var bench = await PairingBench.StartAsync();
        async Task<RichMessage?> SayAsync() => await bench.Door.WhyNotHereAsync(await bench.ArriveAsync("1", group: "Ops", chat: "-5"), CancellationToken.None);

        Assert.Contains("access group admit telegram:-5", ((TextBlock)(await SayAsync())!.Blocks[0]).Markdown, StringComparison.Ordinal);
        Assert.Empty((await SayAsync())!.Blocks);
        bench.Time.Advance(PairingBounds.GroupAnswerInterval);
        Assert.NotEmpty((await SayAsync())!.Blocks);
        Assert.Null(await bench.Door.WhyNotHereAsync(await bench.ArriveAsync("1"), CancellationToken.None));
        await bench.Bus.Store.WriteAsync(s =>
        {
            s.Admissions.SetGroup(new("telegram", "-5", "Ops", true, "ada", bench.Time.GetUtcNow()));
            return true;
        }, CancellationToken.None);
        Assert.Null(await SayAsync());
    }

    [Fact]
    public async Task A_sweep_removes_what_is_over()
    {
        await using var bench = await PairingBench.StartAsync();
        await bench.GreetAsync("eve");
        bench.Time.Advance(TimeSpan.FromHours(2));

        await bench.Bus.Get<IEnumerable<IRecoverySweep>>().Single(s => s.Name == "admission").SweepAsync(atStart: false, CancellationToken.None);

        Assert.Equal(0, await bench.Bus.Store.WriteAsync(s => s.Admissions.Prune(bench.Time.GetUtcNow(), default), CancellationToken.None));
    }
}
