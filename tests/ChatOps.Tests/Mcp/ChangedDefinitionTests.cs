using System.Text.Json;
using ChatOps.Testing;
using ChatOps.Tests.Host;

namespace ChatOps.Tests.Mcp;

/// <summary>A server that describes a tool otherwise than it did.</summary>
public sealed class ChangedDefinitionTests(OutsideFixture gateway) : IClassFixture<OutsideFixture>
{
    private const string Tool = "mcp_script_echo";

    [Fact]
    public async Task A_changed_definition_is_off_until_it_is_accepted_and_a_card_from_before_accepts_nothing_else()
    {
        await gateway.CallAsync("mcp_script_change", new { });
        await Until.TrueAsync(() => gateway.Outside.Find(Tool) is { WhyNot: not null });
        using var owner = gateway.Owner();
        var (unknown, _) = await GatewayFixture.CallAsync(owner, Tool, """{ "arguments": { "text": "hi" } }""");
        Assert.Equal(404, unknown);
        Assert.Contains("has changed", gateway.Outside.Find(Tool)!.WhyNot, StringComparison.Ordinal);
        Assert.False(gateway.Outside.Accept(Tool, "the hash of another", "owner"));

        var (_, review) = await GatewayFixture.CallAsync(owner, "mcp_review", JsonSerializer.Serialize(new { arguments = new { tool = Tool } }));
        Assert.Equal("done", (await gateway.ApprovedAsync(review)).GetProperty("status").GetString());
        Assert.Equal("done", (await gateway.CallAsync(Tool, new { text = "hi" })).GetProperty("status").GetString());
        Assert.Contains(gateway.Outside.Find(Tool)!.Hash, await File.ReadAllTextAsync(Path.Combine(gateway.Data, "mcp.lock.json")), StringComparison.Ordinal);
    }
}
