using ChatOps.Host;
using ChatOps.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Host;

public sealed class LogFileTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    // In two parts, because the text of this file is nobody's secret.
    private const string Token = "ghp_" + "R4nD0mR4nD0mR4nD0mR4nD0mR4nD0mR4nD0m";

    [Fact]
    public async Task A_secret_that_somebody_logs_reaches_no_log_file_and_the_line_is_there_without_it()
    {
        using var directory = new TempDirectory();
        var host = await GatewayHost.StartAsync(gateway.Setup(directory["data"]), CancellationToken.None);
        var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("somebody");
#pragma warning disable CA1848, CA2254 // What a careless line would do.
        log.LogError(new InvalidOperationException($"sent {Token}"), "Pushing with {Token} failed \u001b[31m", Token);
        log.LogError($"https://deploy:{Token}@git.example.org/x.git answered 403");
#pragma warning restore CA1848, CA2254
        await host.DisposeAsync();

        var files = Directory.GetFiles(directory["data/logs"]);
        var text = string.Concat(files.Select(File.ReadAllText));
        Assert.Contains("Pushing with", text, StringComparison.Ordinal);
        Assert.Contains("answered 403", text, StringComparison.Ordinal);
        Assert.Contains("[redacted:", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }
}
