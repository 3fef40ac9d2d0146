using ChatOps.Agent.Models;
using ChatOps.Checks;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Agent.Turns;

/// <summary>What people hear in a finding's conversation when a model is to look into it.</summary>
public sealed class InvestigationTests
{
    private static readonly Finding Found = new()
    {
        Id = "f1", Check = "disk-root", Kind = "disk", Targets = ["web-1"], Level = CheckLevel.Critical, OpenedAt = DateTimeOffset.UnixEpoch, Text = "The disk is full.", ConversationId = "test/ops",
    };

    [Fact]
    public async Task A_model_that_looks_into_it_answers_where_it_was_found_and_is_asked_once()
    {
        var models = new ScriptedModels(ScriptedModels.Says("A log grew."));
        await using var gateway = await Gateway.StartAsync(models: models);

        var first = await BeginAsync(gateway);
        var item = await gateway.EndAsync(first);

        Assert.Equal(first, await BeginAsync(gateway));
        Assert.Equal((InboxState.Done, "test/ops"), (item.State, item.ConversationId));
        Assert.Equal(["A log grew."], await gateway.RepliesAsync(first));
        Assert.Single(models.Asked);
    }

    [Fact]
    public async Task A_model_that_is_down_is_said_where_it_was_found_with_the_reason()
    {
        await using var gateway = await Gateway.StartAsync(models: new ScriptedModels((_, _, _) => throw new ModelException(ModelFailure.Unreachable, "The model is away.")));

        var item = await gateway.EndAsync(await BeginAsync(gateway));

        Assert.Equal(InboxState.Failed, item.State);
        var said = Assert.Single(await gateway.RepliesAsync(item.Id));
        Assert.Contains("The model is away.", said, StringComparison.Ordinal);
    }

    private static async Task<string> BeginAsync(Gateway gateway)
    {
        var id = await gateway.Services.GetRequiredService<IInvestigations>().BeginAsync(Found, null, "", "ana", TestContext.Current.CancellationToken);
        return Assert.IsType<string>(id);
    }
}
