using ChatOps.EndToEnd.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatOps.EndToEnd.Console;

/// <summary>What the README promises to somebody who starts the gateway for the first time.</summary>
public sealed class MainJobTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    [Fact]
    public async Task The_printed_link_signs_in_once_and_leaves_no_token_in_the_address()
    {
        Assert.DoesNotContain("code", console.FirstAddress, StringComparison.Ordinal);
        Assert.StartsWith(console.Gateway.Address.ToString(), console.FirstAddress, StringComparison.Ordinal);
        var cookie = Assert.Single(await console.Owner.CookiesAsync(), c => c.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
        var own = await console.Owner.NewPageAsync();
        await own.GotoAsync(console.Gateway.Address.ToString());
        Assert.Equal("", await own.EvaluateAsync<string>("() => document.cookie"));

        await using var stranger = await console.Browser.ProfileAsync();
        var page = await stranger.NewPageAsync();
        var answer = await page.GotoAsync(console.Gateway.SignInLink);

        Assert.Equal(401, answer!.Status);
        await Expect(page.Locator("main")).ToContainTextAsync("chatops access link");
        Assert.DoesNotContain(await stranger.CookiesAsync(), c => c.HttpOnly);
    }

    [Fact]
    public async Task What_only_reads_is_answered_at_once()
    {
        var chat = await console.TalkAsync();

        var answer = await chat.AskAsync("/run uptime --on local", "load average");

        await Expect(answer.Locator(".card")).ToHaveCountAsync(0);
        await Expect(chat.Page.Locator(".entry.mine").Last).ToHaveAttributeAsync("data-state", "done");
    }

    [Fact]
    public async Task A_change_shows_exactly_what_will_run_and_runs_when_the_button_is_pressed()
    {
        var file = console.Folder.In("made by the button");
        var chat = await console.TalkAsync();

        var card = await chat.AskForCardAsync($"/run touch '{file}' --on local --timeout 20s");

        await Expect(card).ToContainTextAsync($"touch '{file}'");
        await Expect(card).ToContainTextAsync("local");
        await Expect(card).ToContainTextAsync(Environment.UserName);
        await Expect(card.Locator("dt", new() { HasText = "Directory" })).ToHaveCountAsync(1);
        await Expect(card.Locator("dt", new() { HasText = "Expires" })).ToHaveCountAsync(1);
        Assert.False(File.Exists(file));
        var id = await card.GetAttributeAsync("data-card");

        await card.Locator("[data-key=a]").ClickAsync();

        await Expect(card).ToContainTextAsync("owner");
        await Until.TrueAsync(() => Task.FromResult(File.Exists(file)), () => "The file was not made.");
        await Expect(card.Locator("[data-key=a]")).ToHaveCountAsync(0);
        await Expect(chat.Cards).ToHaveCountAsync(1);
        Assert.Equal(id, await card.GetAttributeAsync("data-card"));
        await Expect(card.Locator(".card-head")).ToContainTextAsync("succeeded");
    }

    [Fact]
    public async Task A_restart_of_a_service_asks_and_its_failure_appears_on_the_same_card()
    {
        var chat = await console.TalkAsync();
        var card = await chat.AskForCardAsync("/run systemctl restart no-such-service-here --on local");
        await Expect(card).ToContainTextAsync("systemctl restart no-such-service-here");

        await card.Locator("[data-key=a]").ClickAsync();

        await Expect(card).ToContainTextAsync("failed", new() { IgnoreCase = true });
        await Expect(chat.Cards).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Declining_asks_for_a_reason_and_the_requester_reads_it()
    {
        var file = console.Folder.In("never made");
        var chat = await console.TalkAsync();
        var card = await chat.AskForCardAsync($"/run touch '{file}' --on local");

        await card.Locator("[data-key=d]").ClickAsync();
        await Expect(chat.Confirm).ToBeVisibleAsync();
        await chat.Page.Locator("#confirm-reason").FillAsync("not in the change window");
        await chat.Page.Locator("#confirm-yes").ClickAsync();

        await Expect(card).ToContainTextAsync("not in the change window");
        await Expect(card.Locator("button.primary")).ToHaveCountAsync(0);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task The_keys_a_and_d_ask_before_they_decide()
    {
        var chat = await console.TalkAsync();
        var card = await chat.AskForCardAsync($"/run touch '{console.Folder.In("by key")}' --on local");
        foreach (var key in (string[])["a", "d"])
        {
            await card.FocusAsync();
            await chat.Page.Keyboard.PressAsync(key);
            await Expect(chat.Confirm).ToBeVisibleAsync();
            await chat.Page.Keyboard.PressAsync("Escape");
            await Expect(chat.Confirm).ToBeHiddenAsync();
        }

        var waiting = await console.Gateway.CallAsync("approvals_list", new { state = "pending" });
        Assert.Contains(await card.GetAttributeAsync("data-card") ?? "?", waiting.ToJsonString(), StringComparison.Ordinal);

        await card.FocusAsync();
        await chat.Page.Keyboard.PressAsync("a");
        await chat.Page.Locator("#confirm-yes").ClickAsync();
        await Until.TrueAsync(() => Task.FromResult(File.Exists(console.Folder.In("by key"))), () => "Confirming by keyboard did not run it.");
    }

    [Fact]
    public async Task Both_are_in_the_audit_log_and_it_verifies()
    {
        var file = console.Folder.In("audited");
        var chat = await console.TalkAsync();
        await chat.AskAsync("/run uname -sr --on local", "Linux");
        var card = await chat.AskForCardAsync($"/run touch '{file}' --on local");
        await card.Locator("[data-key=a]").ClickAsync();
        await Until.TrueAsync(() => Task.FromResult(File.Exists(file)), () => "The file was not made.");

        var page = chat.Page;
        await page.GotoAsync(new Uri(console.Gateway.Address, "/audit").ToString());
        await Expect(page.Locator("a.row-audit", new() { HasText = "uname -sr" }).First).ToBeVisibleAsync();
        await Expect(page.Locator("a.row-audit", new() { HasText = "audited" }).First).ToBeVisibleAsync();
        await page.Locator("[data-verify]").ClickAsync();
        await Expect(page.Locator("#verification")).ToContainTextAsync("intact", new() { IgnoreCase = true });

        await page.Locator("a.row-audit", new() { HasText = "audited" }).First.ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Its place in the chain");

        var verify = await new Commands(console.Folder.Data).RunAsync("audit", "verify");
        Assert.True(verify.ExitCode == 0, verify.ToString());
    }

    [Fact]
    public async Task A_slash_offers_commands_and_tab_takes_one()
    {
        var chat = await console.TalkAsync();
        await chat.Input.PressSequentiallyAsync("/ru");
        var first = chat.Page.Locator("#complete li").First;
        await Expect(first).ToContainTextAsync("run");
        await chat.Input.PressAsync("Tab");
        await Expect(chat.Input).ToHaveValueAsync("/run ");

        await chat.Input.FillAsync("");
        await chat.Input.PressSequentiallyAsync("/run uptime --on l");
        await Expect(chat.Page.Locator("#complete li", new() { HasText = "local" }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_palette_finds_pages_and_commands_from_the_keyboard()
    {
        var chat = await console.TalkAsync();
        await chat.Page.Keyboard.PressAsync("Control+k");
        await Expect(chat.Page.Locator("dialog#palette")).ToBeVisibleAsync();
        await chat.Page.Keyboard.TypeAsync("audit");
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(chat.Page.Locator("h1")).ToHaveTextAsync("Audit");
    }

    [Fact]
    public async Task A_draft_survives_a_reload_and_a_sent_message_leaves_none()
    {
        var chat = await console.TalkAsync();
        await chat.Input.FillAsync("/run uptime --on");
        await chat.Page.ReloadAsync();
        await Expect(chat.Input).ToHaveValueAsync("/run uptime --on");

        await chat.AskAsync("/run uptime --on local", "load average");
        await chat.Page.ReloadAsync();
        await Expect(chat.Input).ToHaveValueAsync("");
        await Expect(chat.Answers.Filter(new() { HasText = "load average" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Hostile_output_stays_text()
    {
        var chat = await console.TalkAsync();
        var dialogs = 0;
        chat.Page.Dialog += (_, dialog) =>
        {
            dialogs++;
            _ = dialog.DismissAsync();
        };

        var answer = await chat.AskAsync(
            """/run printf '%b' '<script>alert(1)</script><img src=x onerror=alert(2)>[a](javascript:alert(3))\033[31mred\033[0m\033]0;title\007\342\200\256end' --on local""", "script");

        await Expect(answer).ToContainTextAsync("<script>alert(1)</script><img src=x onerror=alert(2)>");
        await Expect(answer.Locator("script, img, a[href^=javascript]")).ToHaveCountAsync(0);
        var text = await answer.InnerTextAsync();
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u0007', text);
        Assert.DoesNotContain('\u202e', text);
        Assert.DoesNotContain("title", await chat.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(0, dialogs);
    }

    [Fact]
    public async Task Each_page_shows_what_it_is_for()
    {
        var page = await console.Owner.NewPageAsync();
        foreach (var (path, text) in new[]
        {
            ("/nodes", "local"), ("/nodes/local", "kernel"), ("/status", "Writes and reads work."), ("/approvals", "Needs you"), ("/access?person=owner&tool=run&on=local", "owner may use run on local"),
        })
        {
            await page.GotoAsync(new Uri(console.Gateway.Address, path).ToString());
            await Expect(page.Locator("body")).ToContainTextAsync(text);
        }
    }

    [Fact]
    public async Task Who_may_do_what_is_answered_with_the_rule()
    {
        var page = await console.Owner.NewPageAsync();
        await page.GotoAsync(new Uri(console.Gateway.Address, "/access").ToString());
        async Task AskAsync(string person, string tool, string on)
        {
            foreach (var (name, value) in new[] { ("person", person), ("tool", tool), ("on", on) }) await page.Locator($"form[data-filter] input[name={name}]").FillAsync(value);
            await page.Locator("form[data-filter] input[name=on]").PressAsync("Enter");
        }

        await AskAsync("owner", "run", "local");
        await Expect(page.Locator("#answer .notice.good")).ToContainTextAsync("owner may use run on local");
        await Expect(page.Locator("#answer .rule")).ToContainTextAsync("role admin allows everything on all");

        await AskAsync("nobody", "run", "local");
        await Expect(page.Locator("#answer")).ToContainTextAsync("nobody");
        await Expect(page.Locator("#answer .notice.good")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Every_page_forbids_inline_script_framing_and_foreign_content()
    {
        var page = await console.Owner.NewPageAsync();
        foreach (var path in (string[])["/", "/approvals", "/nodes", "/nodes/local", "/audit", "/access", "/status"])
        {
            var answer = await page.GotoAsync(new Uri(console.Gateway.Address, path).ToString());
            Assert.Equal(200, answer!.Status);
            var policy = await answer.HeaderValueAsync("content-security-policy") ?? "";
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_says_nothing_to_the_browsers_error_console()
    {
        var page = await console.Owner.NewPageAsync();
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") errors.Add($"{message.Location}: {message.Text}");
        };
        page.PageError += (_, error) => errors.Add(error);
        foreach (var path in (string[])["/", "/approvals", "/nodes", "/nodes/local", "/audit", "/access", "/status"])
        {
            await page.GotoAsync(new Uri(console.Gateway.Address, path).ToString(), new() { WaitUntil = WaitUntilState.Load });
            await page.WaitForFunctionAsync("() => document.querySelector('.shell') !== null");
        }

        Assert.Empty(errors);
    }
}
