using ChatOps.Agent.Context;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace ChatOps.Tests.Agent.Context;

public sealed class ContextFitTests
{
    private static readonly Gen<ContextPart> Part =
        from calls in Gen.Choose(0, 3)
        from sizes in Gen.ArrayOf(Gen.Frequency((4, Gen.Choose(0, 500)), (1, Gen.Choose(500, 30_000))), 4)
        select Make(calls, sizes);

    private static readonly Arbitrary<(ContextPart[] Parts, int Room)> Cases =
        (from count in Gen.Choose(1, 14)
         from parts in Gen.ArrayOf(Part, count)
         from room in Gen.Choose(0, 40_000)
         select (parts, room)).ToArbitrary();

    private static readonly Arbitrary<(ContextPart[] Parts, int Others, int Room)> Histories =
        (from count in Gen.Frequency((9, Gen.Choose(0, 30)), (1, Gen.Choose(290, 400)))
         from parts in Gen.ArrayOf(Part, count)
         from others in Gen.Choose(0, 10_000)
         from room in Gen.Choose(0, 60_000)
         select (parts, others, room)).ToArbitrary();

    [Fact]
    public void No_call_loses_its_result_and_no_result_its_call_and_the_order_stays() =>
        Prop.ForAll(Cases, c =>
        {
            var after = ContextFit.Shorten(c.Parts, c.Room).SelectMany(p => p.Messages).ToList();
            var before = c.Parts.SelectMany(p => p.Messages).ToList();
            Assert.Equal(before.Select(m => m.Role), after.Select(m => m.Role));
            Assert.Equal(Ids(before), Ids(after));
            Assert.Equal(before.Select(m => m.Text), after.Select(m => m.Text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void It_fits_whenever_shortened_results_can_make_it_fit() =>
        Prop.ForAll(Cases, c =>
        {
            var least = c.Parts.Sum(p => p.WithResults(2_000).WithResults(600).WithResults(200).Tokens);
            var fits = ContextFit.Shorten(c.Parts, c.Room).Sum(p => p.Tokens) <= c.Room;
            // The newest part is shortened in more steps; each sentence about what was left out costs a little.
            Assert.True(fits || least + 600 > c.Room, $"{least} tokens would do, {c.Room} are there");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void The_newest_part_stays_whole_while_older_ones_can_still_give_way() =>
        Prop.ForAll(Cases, c =>
        {
            var after = ContextFit.Shorten(c.Parts, c.Room);
            if (ReferenceEquals(after[^1], c.Parts[^1])) return;
            Assert.All(after.SkipLast(1), p => Assert.Same(p, p.WithResults(200 + 300)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void What_fits_is_not_touched() =>
        Prop.ForAll(Cases, c => Assert.Equal(c.Parts, ContextFit.Shorten(c.Parts, c.Parts.Sum(p => p.Tokens)))).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Only_the_oldest_exchanges_give_way_and_what_is_kept_fits() =>
        Prop.ForAll(Histories, c =>
        {
            var first = ContextFit.FirstKept(c.Parts, c.Others, c.Room);
            var kept = c.Parts.Skip(first).Sum(p => p.Tokens);
            if (first == 0) Assert.True(c.Others + kept <= c.Room && c.Parts.Length <= ContextFit.MaxParts);
            else Assert.True(kept == 0 || c.Others + kept <= c.Room);
            Assert.True(c.Parts.Length - Math.Min(first, c.Parts.Length) <= ContextFit.MaxParts);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Identifiers_in_what_is_left_out_are_repeated_exactly()
    {
        const string Id = "01k3a7x9m2p4q6r8s0t1v2w3y5-2";
        var text = new string('a', 3_000) + $" {Id} /var/log/nginx/error.log sha256:9f86d081884c7d659a2feaa0c55ad015 10.1.2.3:8443 decade " + new string('b', 3_000);

        var shortened = ShortText.Of(text, 2_000);

        Assert.True(shortened.Length < 2_400);
        Assert.Contains(Id, shortened, StringComparison.Ordinal);
        Assert.Contains("/var/log/nginx/error.log", shortened, StringComparison.Ordinal);
        Assert.Contains("sha256:9f86d081884c7d659a2feaa0c55ad015", shortened, StringComparison.Ordinal);
        Assert.Contains("10.1.2.3:8443", shortened, StringComparison.Ordinal);
        Assert.DoesNotContain("decade", shortened, StringComparison.Ordinal);
        Assert.Contains("characters are left out here", shortened, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ids(IEnumerable<ChatMessage> messages) => messages.SelectMany(m => m.Contents).Select(c => c switch
    {
        FunctionCallContent call => "call " + call.CallId,
        FunctionResultContent result => "result " + result.CallId,
        _ => "",
    }).Where(t => t.Length > 0);

    private static ContextPart Make(int calls, int[] sizes)
    {
        var text = new TextContent(new string('t', sizes[0] % 300));
        if (calls == 0) return new("", [new ChatMessage(ChatRole.User, [text])]);
        return new("",
        [
            new ChatMessage(ChatRole.Assistant, [text, .. Enumerable.Range(0, calls).Select(i => new FunctionCallContent($"c{i}", "read"))]),
            new ChatMessage(ChatRole.Tool, [.. Enumerable.Range(0, calls).Select(i => (AIContent)new FunctionResultContent($"c{i}", new string('r', sizes[i + 1])))]),
        ]);
    }
}
