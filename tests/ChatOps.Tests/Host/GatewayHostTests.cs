using System.Net;
using System.Net.Sockets;
using ChatOps.Configuration;
using ChatOps.Host;
using ChatOps.Testing;

namespace ChatOps.Tests.Host;

public sealed class GatewayHostTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task A_second_gateway_on_the_same_data_directory_is_refused_with_the_first_ones_name()
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => GatewayHost.StartAsync(gateway.Setup(gateway.Data), CancellationToken.None));

        Assert.True(refused.HeldByAnother);
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(gateway.Host.Record.Url, refused.Message, StringComparison.Ordinal);
        Assert.Equal(gateway.Host.Record, new GatewayRecordFile(gateway.Data).Read());
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_what_to_do()
    {
        using var directory = new TempDirectory();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var refused = await Assert.ThrowsAsync<StartRefusedException>(
            () => GatewayHost.StartAsync(gateway.Setup(directory["data"], $"http://127.0.0.1:{port}"), CancellationToken.None));

        Assert.Contains($"Port {port} is in use", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--urls", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(directory["data/gateway.json"]));
    }

    [Fact]
    public async Task A_policy_for_a_tool_that_does_not_exist_stops_the_start_with_the_nearest_name()
    {
        using var directory = new TempDirectory();
        Directory.CreateDirectory(directory["workspace"]);
        await File.WriteAllTextAsync(directory["workspace/policy.yaml"], "approvals:\n- tool: files_wirte\n  votes: 2\n");
        var setup = gateway.Setup(directory["data"]) with { Places = new GatewayPlaces(null, directory["workspace"]) };

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => GatewayHost.StartAsync(setup, CancellationToken.None));

        Assert.Contains("policy.yaml:2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("files_write", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_for_the_command_line_is_the_owners_alone_and_ends_with_the_gateway()
    {
        using var directory = new TempDirectory();
        var host = await GatewayHost.StartAsync(gateway.Setup(directory["data"]), CancellationToken.None);
        var first = host.Record;
        var file = directory["data/gateway.json"];

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory["data"]));
        await host.DisposeAsync();
        Assert.False(File.Exists(file));

        await using var next = await GatewayHost.StartAsync(gateway.Setup(directory["data"]), CancellationToken.None);
        using var client = new HttpClient { BaseAddress = new Uri(next.Record.Url) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", first.Key);
        Assert.NotEqual(first.Key, next.Record.Key);
        Assert.Equal(401, (await GatewayFixture.CallAsync(client, "status", "{}")).Status);
    }

    [Fact]
    public async Task A_data_directory_that_others_can_use_is_refused_and_an_empty_one_is_made_private()
    {
        using var directory = new TempDirectory();
        const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        Directory.CreateDirectory(directory["full"]);
        File.WriteAllText(directory["full/somebody's"], "");
        File.SetUnixFileMode(directory["full"], Shared);
        Directory.CreateDirectory(directory["empty"]);
        File.SetUnixFileMode(directory["empty"], Shared);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => GatewayHost.StartAsync(gateway.Setup(directory["full"]), CancellationToken.None));
        await using var host = await GatewayHost.StartAsync(gateway.Setup(directory["empty"]), CancellationToken.None);

        Assert.Contains("chmod 700", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Shared, File.GetUnixFileMode(directory["full"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory["empty"]));
    }

    [Fact]
    public async Task A_bad_file_of_the_operators_stops_the_start_with_its_line()
    {
        using var directory = new TempDirectory();
        Directory.CreateDirectory(directory["workspace"]);
        File.WriteAllText(directory["workspace/access.yaml"], "people:\n  ana:\n    rols: [admin]\n");
        var setup = gateway.Setup(directory["data"]) with { Places = new GatewayPlaces(null, directory["workspace"]) };

        var refused = await Assert.ThrowsAsync<ConfigurationProblemsException>(() => GatewayHost.StartAsync(setup, CancellationToken.None));

        Assert.Contains(refused.Problems, p => p.Line == 3 && p.Nearest == "roles");
    }
}
