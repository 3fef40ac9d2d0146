using ChatOps.Agent.Turns.Loop;
using ChatOps.Agent.Turns.Steps;
using ChatOps.Policy;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tools;

namespace ChatOps.Tests.Agent.Turns.Loop;

public sealed class ClaimCheckTests
{
    private static ToolStepData Change(string title, InvocationStatus status = InvocationStatus.Done, Risk risk = Risk.Change) =>
        new("c", "run", "") { InvocationId = "i", Status = status, Risk = risk, Title = title };

    [Theory]
    [InlineData("I restarted nginx on web-1.")]
    [InlineData("I've deleted the old logs to free some space.")]
    [InlineData("The service has been restarted.")]
    [InlineData("nginx was successfully restarted, and there are no errors.")]
    [InlineData("Restarted nginx. Anything else?")]
    [InlineData("Done.")]
    [InlineData("All good!\n- Deployed v2 to prod")]
    [InlineData("Ich habe nginx gestoppt.")]
    [InlineData("Der Dienst wurde erfolgreich ausgerollt.")]
    public void An_action_without_a_record_is_a_claim(string answer) => Assert.NotEmpty(ClaimCheck.Unverified(answer, [Change("Restart nginx on web-1", risk: Risk.Read)]));

    [Theory]
    [InlineData("nginx was not restarted.")]
    [InlineData("Nothing was deleted.")]
    [InlineData("Shall I say that it was restarted?")]
    [InlineData("If the pod was restarted, the cache is empty.")]
    [InlineData("It will be restarted after you approve the card.")]
    [InlineData("It should be restarted.")]
    [InlineData("The command could not be executed.")]
    [InlineData("The log says: `nginx was restarted at 03:12`.")]
    [InlineData("> systemd: restarted nginx\nThat is the last line.")]
    [InlineData("Der Dienst wurde nicht gelöscht.")]
    [InlineData("The disk is full: 97 % of /var.")]
    public void What_is_denied_planned_asked_or_quoted_is_none(string answer) => Assert.Empty(ClaimCheck.Unverified(answer, []));

    [Fact]
    public void A_record_of_that_kind_of_change_shows_it_and_one_of_another_kind_or_end_does_not()
    {
        Assert.Empty(ClaimCheck.Unverified("I restarted nginx.", [Change("Run systemctl restart nginx on web-1")]));
        Assert.Empty(ClaimCheck.Unverified("I fixed it.", [Change("Run systemctl restart nginx on web-1")]));
        Assert.Equal(["I deleted the logs."], ClaimCheck.Unverified("I restarted nginx. I deleted the logs.", [Change("Run systemctl restart nginx on web-1")]));
        Assert.NotEmpty(ClaimCheck.Unverified("I restarted nginx.", [Change("Run systemctl restart nginx on web-1", InvocationStatus.Failed)]));
        Assert.NotEmpty(ClaimCheck.Unverified("I restarted nginx.", [Change("Run systemctl restart nginx on web-1", InvocationStatus.Refused)]));
    }

    [Fact]
    public async Task The_gateway_marks_the_answer_and_the_record_of_the_turn_has_the_claim()
    {
        await using var gateway = await Gateway.StartAsync(models: new ScriptedModels(ScriptedModels.Says("I restarted nginx.")));
        var item = await gateway.AskAsync("restart it");
        var said = Assert.Single(await gateway.RepliesAsync(item.Id));
        Assert.StartsWith("I restarted nginx.\n[Unknown] Unverified: the record of this turn holds no change", said, StringComparison.Ordinal);
        Assert.Equal("I restarted nginx.", Assert.Single(await ModelTurnTests.RecordsAsync(gateway)).Detail["unverified"]);
    }
}
