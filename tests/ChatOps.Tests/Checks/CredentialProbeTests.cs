using ChatOps.Checks;
using ChatOps.Checks.Probes;
using ChatOps.Testing;
using ChatOps.Tests.Gate;

namespace ChatOps.Tests.Checks;

/// <summary>What a check of credentials makes of what their services say.</summary>
public sealed class CredentialProbeTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task All_taken_is_well_and_each_is_in_the_evidence()
    {
        var look = await LookAsync(new("slack", true, "Slack takes it.", null), new("models", true, "It answers.", null));

        Assert.Equal((CheckLevel.Ok, "The credentials of slack, models are taken."), (look.Level, look.Text));
        Assert.Equal("slack: Slack takes it.\nmodels: It answers.", look.Evidence);
    }

    [Fact]
    public async Task One_that_is_not_taken_is_believed_at_once_whatever_the_others_say()
    {
        var look = await LookAsync(new("slack", false, "Slack does not take it.", null), new("telegram", null, "It did not answer.", null));

        Assert.Equal((CheckLevel.Critical, false, "The credential of slack is not taken any more."), (look.Level, look.Transient, look.Text));
    }

    [Fact]
    public async Task Who_did_not_answer_says_nothing_about_the_credential() =>
        Assert.Equal(CheckLevel.Unknown, (await LookAsync(new("slack", true, "Taken.", null), new("telegram", null, "It did not answer.", null))).Level);

    [Fact]
    public async Task The_one_that_ends_first_is_counted_in_days()
    {
        var look = await LookAsync(new("slack", true, "Taken.", time.GetUtcNow().AddDays(40)), new("models", true, "Taken.", time.GetUtcNow().AddDays(5.5)));

        Assert.Equal((null, 5d, "The credential of models ends in 5 days."), (look.Level, look.Value, look.Text));
    }

    [Fact]
    public async Task Nothing_configured_cannot_be_looked_at() => Assert.Equal(CheckLevel.Unknown, (await LookAsync()).Level);

    private async Task<ChatOps.Checks.States.Observation> LookAsync(params CredentialLook[] looks)
    {
        var probe = new CredentialProbe(new GatewayTargets(new FakeFleet(time), time), new(new Given(looks)), time);
        return Assert.Single(await probe.LookAsync(SomeChecks.Of("name: keys, kind: credential"), TestContext.Current.CancellationToken));
    }

    private sealed class Given(IReadOnlyList<CredentialLook> looks) : ICredentials
    {
        public Task<IReadOnlyList<CredentialLook>> LookAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) => Task.FromResult(looks);
    }
}
