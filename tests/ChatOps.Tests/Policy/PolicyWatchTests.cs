using ChatOps.Configuration;
using ChatOps.Policy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Tests.Policy;

/// <summary>The registered service follows its file while the host runs.</summary>
public sealed class PolicyWatchTests
{
    [Fact]
    public async Task A_saved_file_is_in_force_soon_without_a_restart()
    {
        using var file = new TemporaryFile("");
        await using var services = Services(file.Path);
        var risk = services.GetRequiredService<ICommandRisk>();
        var status = services.GetRequiredService<IReloadStatus>();
        var version = services.GetRequiredService<IApprovalRules>().Version;
        foreach (var hosted in services.GetServices<IHostedService>()) await hosted.StartAsync(TestContext.Current.CancellationToken);

        file.Write("raise:\n- command: uptime\n  risk: dangerous\n");
        await Until(() => risk.Assess("uptime").Risk == Risk.Dangerous);
        Assert.NotEqual(version, services.GetRequiredService<IApprovalRules>().Version);

        file.Write("nonsense: 1\n");
        await Until(() => status.Problems.Count == 1);
        Assert.Equal(Risk.Dangerous, risk.Assess("uptime").Risk);
        Assert.Equal(file.Path, status.File);

        foreach (var hosted in services.GetServices<IHostedService>()) await hosted.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Rules_that_are_tried_judge_within_the_trial_alone_and_bad_ones_judge_nothing()
    {
        using var file = new TemporaryFile("");
        await using var services = Services(file.Path);
        var (risk, trial) = (services.GetRequiredService<ICommandRisk>(), services.GetRequiredService<IPolicyTrial>());
        var inside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var outside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tried = trial.UnderAsync("raise:\n- command: uptime\n  risk: dangerous\n", async () =>
        {
            Assert.Equal(Risk.Dangerous, risk.Assess("uptime").Risk);
            inside.SetResult();
            await outside.Task;
            Assert.Equal(Risk.Dangerous, risk.Assess("uptime").Risk);
        });
        await inside.Task;
        Assert.Equal(Risk.Read, risk.Assess("uptime").Risk);
        outside.SetResult();
        Assert.Null(await tried);
        Assert.Equal(Risk.Read, risk.Assess("uptime").Risk);
        var worked = false;
        Assert.Contains("nonsense", await trial.UnderAsync("nonsense: 1\n", () => Task.FromResult(worked = true)), StringComparison.Ordinal);
        Assert.False(worked);
    }

    private static ServiceProvider Services(string path) => new ServiceCollection().AddLogging()
        .AddPolicy(new PolicyOptions { PolicyFile = path, PollInterval = TimeSpan.FromMilliseconds(50) }).BuildServiceProvider();

    private static async Task Until(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Testing.Until.Limit);
        while (!condition()) await Task.Delay(10, limit.Token);
    }
}
