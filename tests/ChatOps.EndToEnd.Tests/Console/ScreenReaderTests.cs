using System.Text.Json;
using Microsoft.Playwright;

namespace ChatOps.EndToEnd.Console;

/// <summary>What Chromium gives to a screen reader: its accessibility tree, not the markup.</summary>
public sealed class ScreenReaderTests(PageFixture console) : IClassFixture<PageFixture>
{
    private const int MaxLooks = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Operable =
        ["button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "switch", "tab", "menuitem", "option", "DisclosureTriangle"];

    [Theory]
    [InlineData("chat")]
    [InlineData("chat-new")]
    [InlineData("approvals")]
    [InlineData("approval")]
    [InlineData("nodes")]
    [InlineData("node")]
    [InlineData("incidents")]
    [InlineData("incident")]
    [InlineData("audit")]
    [InlineData("record")]
    [InlineData("access")]
    [InlineData("status")]
    public async Task Everything_that_can_be_operated_has_a_name_and_a_page_has_its_landmarks(string name)
    {
        var page = await console.PageAsync(1440);
        await page.GotoAsync(console.Address(name));
        await page.Locator("main").WaitForAsync();
        await page.WaitForFunctionAsync("() => document.body.dataset.net === 'up'");

        // A part that is just being exchanged has its name a moment later.
        var nodes = await TreeAsync(page);
        for (var looks = 0; looks < MaxLooks && nodes.Any(IsNameless); looks++)
        {
            await Task.Delay(BetweenLooks);
            nodes = await TreeAsync(page);
        }

        Assert.DoesNotContain(nodes, IsNameless);
        Assert.Single(nodes, n => n.Role == "main");
        Assert.Contains(nodes, n => n.Role == "navigation");
        Assert.Single(nodes, n => n is { Role: "heading", Level: 1 });
        Assert.DoesNotContain(nodes, n => n.Role == "image" && n.Name.Length == 0);
        Assert.Contains(await page.EvaluateAsync<string>("() => document.documentElement.lang"), (string[])["en"]);
        await page.CloseAsync();
    }

    [Fact]
    public async Task What_happens_in_a_conversation_is_announced()
    {
        var page = await console.PageAsync(1440);
        await page.GotoAsync(console.Address("chat"));
        await page.Locator("main").WaitForAsync();

        Assert.NotEqual(0, await page.Locator("[aria-live=polite], [role=log], [role=status]").CountAsync());
        await page.CloseAsync();
    }

    private static bool IsNameless(Accessible node) => Operable.Contains(node.Role) && node.Name.Length == 0;

    private static async Task<IReadOnlyList<Accessible>> TreeAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Accessibility.enable");
        var tree = await session.SendAsync("Accessibility.getFullAXTree") ?? throw new InvalidOperationException("Chromium has no accessibility tree.");
        return [.. tree.GetProperty("nodes").EnumerateArray().Where(n => !n.GetProperty("ignored").GetBoolean()).Select(n => new Accessible(Text(n, "role"), Text(n, "name").Trim(), Level(n)))];
    }

    private static string Text(JsonElement node, string property) =>
        node.TryGetProperty(property, out var value) && value.TryGetProperty("value", out var text) ? text.ToString() : "";

    private static int Level(JsonElement node)
    {
        if (!node.TryGetProperty("properties", out var properties)) return 0;
        foreach (var property in properties.EnumerateArray())
            if (property.GetProperty("name").GetString() == "level") return property.GetProperty("value").GetProperty("value").GetInt32();
        return 0;
    }

    private sealed record Accessible(string Role, string Name, int Level);
}
