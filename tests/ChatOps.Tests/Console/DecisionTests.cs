using System.Net.Http.Json;
using System.Text.Json;
using ChatOps.Approvals;
using ChatOps.Tests.Gate;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Console;

public sealed class DecisionTests
{
    private static async Task<Approval> AskAsync(ConsoleHarness console)
    {
        var request = new InvocationRequest(
            "01invocation", GateHarness.Actor("li"), "run", new Dictionary<string, string> { ["command_line"] = "change something", ["on"] = "local" }, "api");
        var outcome = await console.Services.GetRequiredService<IToolInvoker>().InvokeAsync(request, NoProgress.Instance, CancellationToken.None);
        Assert.Equal(InvocationStatus.Waiting, outcome.Status);
        return (await FindAsync(console, outcome.ApprovalId!))!;
    }

    private static Task<Approval?> FindAsync(ConsoleHarness console, string id) =>
        console.Store.ReadAsync(s => console.Services.GetRequiredService<IApprovals>().Find(s, id), CancellationToken.None);

    [Fact]
    public async Task The_approvals_page_shows_exactly_what_will_run_and_the_hash_that_a_decision_binds_to()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var approval = await AskAsync(console);
        using var browser = await console.SignInAsync("ana");

        var html = await browser.GetStringAsync("/approvals");

        Assert.Contains("change something", html);
        Assert.Contains($"data-hash=\"{approval.Request.PlanHash}\"", html);
        Assert.Contains($"data-revision=\"{approval.Revision}\"", html);
    }

    [Fact]
    public async Task A_decision_with_a_reason_is_settled_through_the_gate()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var approval = await AskAsync(console);
        using var browser = await console.SignInAsync("ana");

        using var answer = await console.PostAsync(browser, $"/approvals/{approval.Id}/deny", new { revision = approval.Revision, hash = approval.Request.PlanHash, reason = "not today" });

        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ok").GetBoolean());
        var after = await FindAsync(console, approval.Id);
        Assert.Equal((ApprovalState.Denied, "ana", "not today"), (after!.State, after.SettledBy, after.SettleReason));
    }

    [Theory]
    [InlineData(99, null)]
    [InlineData(null, "0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_decision_on_what_the_page_does_not_show_any_more_changes_nothing(int? revision, string? hash)
    {
        await using var console = await ConsoleHarness.StartAsync();
        var approval = await AskAsync(console);
        using var browser = await console.SignInAsync("ana");

        using var answer = await console.PostAsync(
            browser, $"/approvals/{approval.Id}/approve", new { revision = revision ?? approval.Revision, hash = hash ?? approval.Request.PlanHash });

        Assert.False((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ok").GetBoolean());
        Assert.Equal(ApprovalState.Pending, (await FindAsync(console, approval.Id))!.State);
    }

    [Fact]
    public async Task A_decision_without_revision_and_hash_is_not_taken()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var approval = await AskAsync(console);
        using var browser = await console.SignInAsync("ana");

        using var answer = await console.PostAsync(browser, $"/approvals/{approval.Id}/approve", new { reason = "yes" });

        Assert.False((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ok").GetBoolean());
        Assert.Equal(ApprovalState.Pending, (await FindAsync(console, approval.Id))!.State);
    }

    [Fact]
    public async Task Somebody_without_the_right_decides_nothing()
    {
        await using var console = await ConsoleHarness.StartAsync();
        var approval = await AskAsync(console);
        using var browser = await console.SignInAsync("guest");

        using var answer = await console.PostAsync(browser, $"/approvals/{approval.Id}/approve", new { revision = approval.Revision, hash = approval.Request.PlanHash });

        Assert.False((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ok").GetBoolean());
        Assert.Equal(ApprovalState.Pending, (await FindAsync(console, approval.Id))!.State);
    }

    [Fact]
    public async Task Outputs_are_for_whoever_asked_and_for_readers_of_the_record()
    {
        await using var console = await ConsoleHarness.StartAsync();
        await AskAsync(console);
        var files = console.Services.GetRequiredService<IOutputFiles>();
        await File.WriteAllTextAsync(files.RawPath("01invocation"), "the whole output", TestContext.Current.CancellationToken);
        await files.KeepAsync("01invocation", CancellationToken.None);
        using var reader = await console.SignInAsync("ana");
        using var guest = await console.SignInAsync("guest");

        using var answer = await reader.GetAsync("/files/01invocation?name=../../x.txt");
        Assert.Equal("the whole output", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.DoesNotContain("/", answer.Content.Headers.ContentDisposition.FileName);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await guest.GetAsync("/files/01invocation")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await reader.GetAsync("/files/01invocation.elsewhere")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await reader.GetAsync("/files/nothing")).StatusCode);
    }
}
