using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOps.Testing.Schemas;

namespace ChatOps.Tests.Deploy;

/// <summary>compose.yaml: its form, that the script which starts the same without containers describes the same, and that each part has no more than it needs.</summary>
public sealed partial class ComposeTests
{
    private static readonly string[] OnceOnly = ["setup", "enroll"];

    private readonly JsonObject compose = ComposeFile.Read();

    [Fact]
    public void The_file_fits_the_schema_of_the_compose_specification() => Assert.Empty(Schema().Of(compose));

    [Theory]
    [InlineData("cap_dropp")]
    [InlineData("readonly")]
    public void A_key_that_compose_does_not_know_is_found_by_the_schema(string key)
    {
        compose["services"]!["postgres"]!.AsObject().Add(key, true);

        Assert.NotEmpty(Schema().Of(compose));
    }

    [Fact]
    public async Task The_script_that_starts_the_same_as_processes_describes_the_same()
    {
        var described = await RunAsync("--describe");

        Assert.Equal(ComposeFile.Services(compose).SelectMany(s => Lines(s.Name, s.Service)).Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void There_are_two_gateways_three_nodes_one_store_one_broker_and_one_address()
    {
        var names = ComposeFile.Services(compose).Select(s => s.Name);

        Assert.Equal(["enroll", "gateway-1", "gateway-2", "node-1", "node-2", "node-3", "postgres", "proxy", "rabbitmq", "setup"], names.Order(StringComparer.Ordinal));
        Assert.Equal(["127.0.0.1:8443:8443"], ComposeFile.Services(compose).SelectMany(s => ComposeFile.Names(s.Service["ports"])));
    }

    [Fact]
    public void Every_part_has_a_read_only_root_no_capabilities_and_a_user_who_is_not_root()
    {
        foreach (var (name, service) in ComposeFile.Services(compose))
        {
            Assert.True((bool?)service["read_only"] == true, $"{name} can write to its root.");
            Assert.True(ComposeFile.Names(service["cap_drop"]).SequenceEqual(["ALL"]), $"{name} keeps capabilities.");
            Assert.Contains("no-new-privileges:true", ComposeFile.Names(service["security_opt"]));
            Assert.False(service.ContainsKey("privileged"), $"{name} is privileged.");
            Assert.NotEqual("host", (string?)service["network_mode"]);
            if (name == "setup")
            {
                // It gives files away, and has no network.
                Assert.Equal(["CHOWN", "DAC_OVERRIDE"], ComposeFile.Names(service["cap_add"]));
                Assert.Equal("none", (string?)service["network_mode"]);
                continue;
            }

            Assert.False(service.ContainsKey("cap_add"), $"{name} asks for capabilities.");
            Assert.Matches("^[1-9][0-9]*:[1-9][0-9]*$", (string?)service["user"]);
        }
    }

    [Fact]
    public void What_stays_has_a_health_check_and_comes_back_and_nothing_starts_before_what_it_needs_is_healthy()
    {
        foreach (var (name, service) in ComposeFile.Services(compose))
        {
            Assert.Equal(!OnceOnly.Contains(name), service.ContainsKey("healthcheck"));
            Assert.Equal(OnceOnly.Contains(name) ? null : "unless-stopped", (string?)service["restart"]);
            foreach (var (needed, how) in service["depends_on"]?.AsObject() ?? [])
                Assert.Equal(OnceOnly.Contains(needed) ? "service_completed_successfully" : "service_healthy", (string?)how!["condition"]);
        }
    }

    [Fact]
    public void No_password_stands_in_it_and_each_secret_is_mounted_by_its_reader_alone()
    {
        var inOpen =
            from part in ComposeFile.Services(compose)
            from variable in part.Service["environment"]?.AsObject() ?? []
            where SecretName().IsMatch(variable.Key) && !variable.Key.EndsWith("_FILE", StringComparison.Ordinal) && !variable.Value!.ToString().StartsWith("$${file:", StringComparison.Ordinal)
            select $"{part.Name} {variable.Key}";
        Assert.Empty(inOpen);

        var mounts = ComposeFile.Services(compose).SelectMany(s => ComposeFile.Names(s.Service["volumes"]).Select(m => (s.Name, Mount: m)))
            .Where(m => m.Mount.StartsWith("secrets-", StringComparison.Ordinal) && m.Name != "setup").ToList();
        Assert.All(mounts, m => Assert.EndsWith(":ro", m.Mount, StringComparison.Ordinal));
        Assert.Equal(["secrets-gateway gateway-1", "secrets-gateway gateway-2", "secrets-postgres postgres", "secrets-proxy proxy", "secrets-rabbitmq rabbitmq"],
            mounts.Select(m => $"{m.Mount.Split(':')[0]} {m.Name}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_store_and_the_broker_are_on_a_network_that_only_gateways_share_and_that_leads_nowhere()
    {
        Assert.True((bool?)compose["networks"]!["data"]!["internal"]);
        var there = ComposeFile.Services(compose).Where(s => ComposeFile.Names(s.Service["networks"]).Contains("data")).Select(s => s.Name);
        Assert.Equal(["gateway-1", "gateway-2", "postgres", "rabbitmq"], there.Order(StringComparer.Ordinal));
        Assert.Equal((string?)compose["services"]!["proxy"]!["networks"]!["front"]!["ipv4_address"], (string?)compose["services"]!["gateway-1"]!["environment"]!["CHATOPS__Gateway__TrustedProxy"]);
    }

    [Fact]
    public void Every_volume_and_every_file_that_is_mounted_is_there()
    {
        var mounts = ComposeFile.Services(compose).SelectMany(s => ComposeFile.Names(s.Service["volumes"])).Select(m => m.Split(':')[0]).ToHashSet();
        Assert.Equal(ComposeFile.Names(compose["volumes"]).Order(StringComparer.Ordinal), mounts.Where(m => !m.StartsWith('.')).Order(StringComparer.Ordinal));
        Assert.All(mounts.Where(m => m.StartsWith('.')), m => Assert.True(File.Exists(RepositoryFiles.Of(m)), $"{m} is not there."));
    }

    [Fact]
    public void The_image_builds_the_release_with_the_version_of_the_repository_and_runs_as_the_user_of_the_services()
    {
        var file = File.ReadAllText(RepositoryFiles.Of("Dockerfile"));
        var version = ((string)JsonNode.Parse(File.ReadAllText(RepositoryFiles.Of("global.json")))!["sdk"]!["version"]!).Split('.');

        Assert.Equal(2, Regex.Count(file, @"^FROM mcr\.microsoft\.com/dotnet/(sdk|aspnet):" + $"{version[0]}\\.{version[1]}", RegexOptions.Multiline));
        Assert.Contains("dotnet publish src/ChatOps.Cli -c Release", file, StringComparison.Ordinal);
        Assert.Contains($"\nUSER {(string?)compose["services"]!["gateway-1"]!["user"]}\n", file, StringComparison.Ordinal);
        foreach (Match copied in CopiedFile().Matches(file)) Assert.True(File.Exists(RepositoryFiles.Of(copied.Value)), $"{copied.Value} is not there.");

        // A fresh volume has the owner of the directory that it covers: one that is missing would be root's.
        var mounted = ComposeFile.Services(compose).Where(s => (string?)s.Service["image"] == "chatops" && s.Name != "setup").SelectMany(s => ComposeFile.Names(s.Service["volumes"]))
            .Where(m => !m.StartsWith('.') && !m.EndsWith(":ro", StringComparison.Ordinal)).Select(m => m.Split(':')[1]);
        Assert.All(mounted, directory => Assert.Contains($" {directory}", file, StringComparison.Ordinal));
    }

    private static SchemaCheck Schema() => SchemaCheck.Load(RepositoryFiles.Of("tests/ChatOps.Tests/Deploy/compose-spec.json"));

    private static IEnumerable<string> Lines(string name, JsonObject service)
    {
        foreach (var (key, value) in service["environment"]?.AsObject() ?? []) yield return $"{name} environment {key}={value!.ToString().Replace("$$", "$", StringComparison.Ordinal)}";
        if (service["command"] is { } command) yield return $"{name} command {string.Join(' ', ComposeFile.Names(command))}";
        foreach (var port in ComposeFile.Names(service["expose"])) yield return $"{name} port {port}";
        foreach (var port in ComposeFile.Names(service["ports"])) yield return $"{name} publish {port}";
        foreach (var network in ComposeFile.Names(service["networks"])) yield return $"{name} network {network}";
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string argument)
    {
        using var script = Process.Start(new ProcessStartInfo("bash", [RepositoryFiles.Of("tests/topology.sh"), argument]) { RedirectStandardOutput = true })!;
        var said = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, script.ExitCode);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex("password|secret|token|connectionstring", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"deploy/[a-z]+\.sh")]
    private static partial Regex CopiedFile();
}
