using System.Text.Json;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

/// <summary>What was too long to show is looked into, by who may see it.</summary>
public sealed class ResultSearchTests
{
    private static async Task<string> KeptAsync(GateHarness gate, IEnumerable<string> lines)
    {
        var ran = await gate.RunAsync("ana", "read long");
        await File.WriteAllLinesAsync(gate.Outputs.RawPath(ran.InvocationId), lines, TestContext.Current.CancellationToken);
        await gate.Outputs.KeepAsync(ran.InvocationId, TestContext.Current.CancellationToken);
        return ran.InvocationId;
    }

    private static Task<InvocationOutcome> SearchAsync(GateHarness gate, string person, string id, params (string, string)[] arguments) =>
        gate.CallAsync(gate.Request(person, "result_search", [("id", id), .. arguments]));

    private static (long Total, long Matching, string Numbers) Read(InvocationOutcome outcome)
    {
        using var data = JsonDocument.Parse(outcome.Result!.DataJson);
        var root = data.RootElement;
        return (root.GetProperty("total").GetInt64(), root.GetProperty("matching").GetInt64(), string.Join(',', root.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("number").GetInt64())));
    }

    [Fact]
    public async Task Head_tail_text_and_a_range_come_with_line_numbers_and_within_bounds()
    {
        await using var gate = await GateHarness.StartAsync();
        var id = await KeptAsync(gate, Enumerable.Range(1, 5000).Select(n => n % 1000 == 0 ? $"ERROR at {n}" : $"line {n}"));

        Assert.Equal((5000, 5000, string.Join(',', Enumerable.Range(1, 40))), Read(await SearchAsync(gate, "ana", id)));
        Assert.Equal("4999,5000", Read(await SearchAsync(gate, "ana", id, ("tail", "true"), ("lines", "2"))).Numbers);
        Assert.Equal((5000, 5, "1000,2000,3000,4000,5000"), Read(await SearchAsync(gate, "ana", id, ("text", "error"))));
        Assert.Equal("3000", Read(await SearchAsync(gate, "ana", id, ("text", "error"), ("from", "2001"), ("lines", "1"))).Numbers);
        Assert.Equal("4000,5000", Read(await SearchAsync(gate, "ana", id, ("text", "error"), ("tail", "true"), ("lines", "2"))).Numbers);
        Assert.Equal(200, Read(await SearchAsync(gate, "ana", id, ("lines", "100000"))).Numbers.Split(',').Length);
        Assert.Equal((5000, 0, ""), Read(await SearchAsync(gate, "ana", id, ("text", "nowhere"))));
        var shown = ChatOps.Rendering.PlainMessage.Of((await SearchAsync(gate, "ana", id, ("text", "ERROR at 2000"))).Result!.Message);
        Assert.Contains("2000  ERROR at 2000", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_any_length_stay_within_bounds_and_show_what_was_looked_for()
    {
        await using var gate = await GateHarness.StartAsync();
        var id = await KeptAsync(gate, Enumerable.Range(1, 300).Select(_ => new string('x', 100_000) + "needle" + new string('y', 1000)));
        var found = await SearchAsync(gate, "ana", id, ("text", "needle"), ("lines", "200"));
        var shown = ChatOps.Rendering.PlainMessage.Of(found.Result!.Message);
        Assert.Contains("needle", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 1_000, 40_000);
        Assert.Equal((300, 300), (Read(found).Total, Read(found).Matching));
    }

    [Fact]
    public async Task To_somebody_who_may_not_see_it_a_result_looks_as_if_it_were_not_there()
    {
        await using var gate = await GateHarness.StartAsync();
        var id = await KeptAsync(gate, ["secret plans"]);
        var refused = await SearchAsync(gate, "guest", id);
        var unknown = await SearchAsync(gate, "guest", "no-such-result");
        Assert.Equal((InvocationStatus.Failed, FailureCode.NotFound), (refused.Status, refused.Failure));
        Assert.Equal(refused.Summary.Replace(id, "no-such-result", StringComparison.Ordinal), unknown.Summary);
        // Whoever may read the audit may look.
        Assert.Equal(InvocationStatus.Done, (await SearchAsync(gate, "li", id)).Status);
    }

    [Fact]
    public async Task What_was_short_is_found_in_the_record_and_what_never_ran_is_not()
    {
        await using var gate = await GateHarness.StartAsync();
        var ran = await gate.RunAsync("ana", "read short");
        Assert.Contains("ran read short", ChatOps.Rendering.PlainMessage.Of((await SearchAsync(gate, "ana", ran.InvocationId, ("text", "RAN"))).Result!.Message), StringComparison.Ordinal);
        Assert.Equal(FailureCode.NotFound, (await SearchAsync(gate, "ana", ran.InvocationId, ("node", "web-9"))).Failure);
        var waiting = await gate.RunAsync("ana", "change it");
        Assert.Equal(FailureCode.NotFound, (await SearchAsync(gate, "ana", waiting.InvocationId)).Failure);
    }
}
