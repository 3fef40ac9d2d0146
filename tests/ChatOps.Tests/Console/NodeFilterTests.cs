using System.Net;

namespace ChatOps.Tests.Console;

public sealed class NodeFilterTests
{
    [Theory]
    [InlineData("/nodes?on=", "env=prdo", "No node has env=prdo. Did you mean 'prod'?")]
    [InlineData("/nodes?on=", "@web", "There is no group 'web': no group is written in access.yaml.")]
    [InlineData("/nodes?on=", "node in (web-1,web-2)", "There is no node 'web-2'.")]
    [InlineData("/access?person=ana&tool=run&on=", "rol=web", "No node has a label 'rol'. Did you mean 'role'?")]
    public async Task A_filter_for_what_does_not_exist_says_what_does(string page, string on, string says)
    {
        await using var console = await ConsoleHarness.StartAsync();
        console.Fleet.Add("web-1", ("role", "web"), ("env", "prod"));
        using var browser = await console.SignInAsync("ana");

        var html = WebUtility.HtmlDecode(await browser.GetStringAsync(page + Uri.EscapeDataString(on), TestContext.Current.CancellationToken));

        Assert.Contains(says, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nodes")]
    [InlineData("/nodes/web-1")]
    public async Task A_daemon_that_is_older_than_the_gateway_is_shown_with_what_to_do(string page)
    {
        await using var console = await ConsoleHarness.StartAsync();
        console.Fleet.Old("web-1", "Put the gateway's version on the machine.");
        using var browser = await console.SignInAsync("ana");

        var html = WebUtility.HtmlDecode(await browser.GetStringAsync(page, TestContext.Current.CancellationToken));

        Assert.Contains("Put the gateway's version on the machine.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pattern_that_meets_nothing_is_an_empty_list()
    {
        await using var console = await ConsoleHarness.StartAsync();
        console.Fleet.Add("web-1", ("role", "web"));
        using var browser = await console.SignInAsync("ana");

        var html = await browser.GetStringAsync("/nodes?on=db-*", TestContext.Current.CancellationToken);

        Assert.Contains("No node matches", html, StringComparison.Ordinal);
    }
}
