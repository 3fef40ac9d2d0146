using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChatOps.EndToEnd.Harness;
using ChatOps.Testing;

namespace ChatOps.EndToEnd.Start;

/// <summary>A gateway that cannot start says why and what to do, in words, and leaves everything as it was.</summary>
public sealed class BadStartTests : IDisposable
{
    private static readonly string[] Gateway = ["gateway", "--urls", "http://127.0.0.1:0", "--no-open"];
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_second_gateway_on_the_same_data_directory_is_sent_to_the_first()
    {
        await using var first = await GatewayProcess.StartAsync(folder.Data);

        var second = await RefusedAsync(1);

        Assert.Contains($"process {first.Id}", second, StringComparison.Ordinal);
        Assert.Contains(first.Address.ToString().TrimEnd('/'), second, StringComparison.Ordinal);
        Assert.Contains(folder.Data, second, StringComparison.Ordinal);
        Assert.Equal("done", (string)(await first.CallAsync("status", new { }))["status"]!);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_another_to_take()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var said = await RefusedAsync(1, "gateway", "--urls", $"http://127.0.0.1:{port}", "--no-open");

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Port {port} is in use"), said, StringComparison.Ordinal);
        Assert.Contains("--urls", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slip_in_access_yaml_is_named_with_file_line_and_the_nearest_name()
    {
        var workspace = Workspace("roles:\n  deployer:\n    allow:\n      - { tool: runn, on: all }\npeople:\n  ana: { roles: [operater] }\n");

        var said = await RefusedAsync(2, ["--workspace", workspace, .. Gateway]);

        Assert.Contains($"{Path.Combine(workspace, "access.yaml")}:4", said, StringComparison.Ordinal);
        Assert.Contains("did you mean 'run'?", said, StringComparison.Ordinal);
        Assert.Contains("access.yaml:6", said, StringComparison.Ordinal);
        Assert.Contains("'operator'", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_yaml_is_named_with_its_line()
    {
        var workspace = Workspace("people:\n  ana:\n    roles: [admin\n");

        var said = await RefusedAsync(2, ["--workspace", workspace, .. Gateway]);

        Assert.Matches(@"access\.yaml:\d", said);
    }

    [Fact]
    public async Task A_newer_database_is_left_alone()
    {
        await using (var gateway = await GatewayProcess.StartAsync(folder.Data)) await gateway.StopAsync();
        var database = Path.Combine(folder.Data, "chatops.db");
        using (var connection = DatabaseFile.Open(database))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO schema_version VALUES (99, 'from the future', 0)";
            command.ExecuteNonQuery();
        }

        var said = await RefusedAsync(1);

        Assert.Contains("newer ChatOps (schema 99", said, StringComparison.Ordinal);
        Assert.Contains("Start that newer version", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_written_is_named()
    {
        // For the superuser permissions are no obstacle; what the kernel owns is.
        var directory = "/proc/sys/chatops";

        var refused = await new Commands(directory).RunAsync(Gateway);

        Assert.True(refused.ExitCode is 1 or 2, refused.ToString());
        Assert.Contains(directory, refused.Errors, StringComparison.Ordinal);
        AssertForPeople(refused);
    }

    [Fact]
    public async Task A_read_only_disk_is_named()
    {
        await using (var gateway = await GatewayProcess.StartAsync(folder.Data)) await gateway.StopAsync();
        if (!Mount("--bind", folder.Data, folder.Data) || !Mount("-o", "remount,bind,ro", folder.Data)) Assert.Skip("A directory cannot be made read-only here (it takes root).");
        try
        {
            var said = await RefusedAsync(1);
            Assert.Contains("read-only", said, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(folder.Data, said, StringComparison.Ordinal);
        }
        finally
        {
            using var umount = Process.Start("umount", ["-l", folder.Data]);
            await umount.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Wrong_settings_are_named_all_at_once_with_the_nearest_names()
    {
        var file = folder.In("more.json");
        await File.WriteAllTextAsync(file, "{\n  \"Gateway\": { \"Urlz\": \"http://127.0.0.1:1\" },\n  \"Aprovals\": { \"Expiry\": \"5m\" },\n  \"Approvals\": { \"FourEyes\": \"Sometimes\" }\n}\n");

        var said = await RefusedAsync(2, ["--config", file, .. Gateway]);

        Assert.Contains($"{file}:2", said, StringComparison.Ordinal);
        Assert.Contains("did you mean 'Gateway:Urls'?", said, StringComparison.Ordinal);
        Assert.Contains($"{file}:3", said, StringComparison.Ordinal);
        Assert.Contains("Approvals", said, StringComparison.Ordinal);
        Assert.Contains($"{file}:4", said, StringComparison.Ordinal);
        Assert.Contains("WhenProd", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Data), "Nothing is made before the settings are sound.");
    }

    private Task<string> RefusedAsync(int exitCode) => RefusedAsync(exitCode, Gateway);

    private async Task<string> RefusedAsync(int exitCode, params string[] arguments)
    {
        var result = await new Commands(folder.Data).RunAsync(arguments);
        Assert.True(result.ExitCode == exitCode, result.ToString());
        AssertForPeople(result);
        return result.Errors;
    }

    private static void AssertForPeople(CommandResult result)
    {
        Assert.Empty(result.Output);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("this is a defect", result.Errors, StringComparison.Ordinal);
    }

    private string Workspace(string access)
    {
        var workspace = Directory.CreateDirectory(folder.In("workspace")).FullName;
        File.WriteAllText(Path.Combine(workspace, "access.yaml"), access);
        return workspace;
    }

    private static bool Mount(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("mount", arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
