using ChatOps.Agent.Commands;

namespace ChatOps.Tests.Agent.Commands;

public class ChatCommandLineTests
{
    [Theory]
    [InlineData("/run uptime --on local", "run(command_line=uptime; on=local)")]
    [InlineData("/run ps aux | grep \"foo bar\" --on local", "run(command_line=ps aux | grep \"foo bar\"; on=local)")]
    [InlineData("/run --on local ps aux", "run(command_line=ps aux; on=local)")]
    [InlineData("/run --on local -- ls --on x", "run(command_line=ls --on x; on=local)")]
    [InlineData("/run -- ls --on x", "run(command_line=ls --on x)")]
    [InlineData("/fleet exec uptime --on role=web --parallel 5 --max-failures 10%", "run(command_line=uptime; max_failures=10%; on=role=web; parallel=5)")]
    [InlineData("/run --serial --batch 2 --delay 5s --on all -- make --dry-run", "run(batch=2; command_line=make --dry-run; delay=5s; on=all; serial=true)")]
    [InlineData("/run --rerun failed", "run(rerun=failed)")]
    [InlineData("/run --on=local --timeout 5s ls -la /tmp", "run(command_line=ls -la /tmp; on=local; timeout=5s)")]
    [InlineData("/run ls -la /tmp --timeout 5s --on local", "run(command_line=ls -la /tmp; on=local; timeout=5s)")]
    [InlineData("/run ls --on x | cat --on local", "run(command_line=ls --on x | cat; on=local)")]
    [InlineData("/run \"df -h | head\" --on local", "run(command_line=df -h | head; on=local)")]
    [InlineData("/run 'echo \"a  b\"' --on local", "run(command_line=echo \"a  b\"; on=local)")]
    [InlineData("/run \"echo \\\"hi\\\"\" --on local", "run(command_line=echo \"hi\"; on=local)")]
    [InlineData("/run echo   two  spaces   --on local", "run(command_line=echo   two  spaces; on=local)")]
    [InlineData("/run echo \"--on\" x --on local", "run(command_line=echo \"--on\" x; on=local)")]
    [InlineData("/run echo '--on x' --on local", "run(command_line=echo '--on x'; on=local)")]
    [InlineData("/run git checkout -- file --on local", "run(command_line=git checkout -- file; on=local)")]
    [InlineData("/run uptime --on \"env in (prod,stage)\"", "run(command_line=uptime; on=env in (prod,stage))")]
    [InlineData("/run uptime --on env=prod,role=web", "run(command_line=uptime; on=env=prod,role=web)")]
    [InlineData("/run uptime --node web-1", "run(command_line=uptime; node=web-1)")]
    [InlineData("/run uptime --tag role=web --tag env=prod", "run(command_line=uptime; tag=role=web,env=prod)")]
    [InlineData("/run --tag role=web uptime --tag env=prod", "run(command_line=uptime; tag=role=web,env=prod)")]
    [InlineData("/run uptime --env prod", "run(command_line=uptime; env=prod)")]
    [InlineData("/run cat <<EOF\nline 'one'\nEOF\n--on local", "run(command_line=cat <<EOF\nline 'one'\nEOF; on=local)")]
    [InlineData("/run docker run --help --on local", "run(command_line=docker run --help; on=local)")]
    [InlineData("/run echo a\\ b \\\"c --on local", "run(command_line=echo a\\ b \\\"c; on=local)")]
    [InlineData("/run uptime", "run(command_line=uptime)")]
    [InlineData("/schedule add \"0 9 * * *\" --to web -- /fleet status", "schedule_add(to=web; when=0 9 * * *; work=/fleet status)")]
    [InlineData("/schedule add --every 10s --name w -- /run \"touch x\" --on local", "schedule_add(every=10s; name=w; work=/run \"touch x\" --on local)")]
    [InlineData("/schedule add --when @daily -- Look at it", "schedule_add(when=@daily; work=Look at it)")]
    [InlineData("/schedule add \"0 6 * * *\" --checks outside", "schedule_add(checks=outside; when=0 6 * * *)")]
    [InlineData("/schedule add --every 6h --report daily", "schedule_add(every=6h; report=daily)")]
    [InlineData("/Run uptime —on local", "run(command_line=uptime; on=local)")]
    public void A_command_line_is_taken_as_written_and_our_options_only_around_it(string text, string expected) =>
        Assert.Equal(expected, Line.Shown(Line.Parse(text)));

    [Theory]
    [InlineData("/audit", "audit_list()")]
    [InlineData("/audit list --since 24h --user ana", "audit_list(since=24h; user=ana)")]
    [InlineData("/audit --limit 5", "audit_list(limit=5)")]
    [InlineData("/AUDIT Verify", "audit_verify()")]
    [InlineData("/audit show 17", "audit_show(id=17)")]
    [InlineData("/audit show --id 17", "audit_show(id=17)")]
    [InlineData("/approve 7F3K2M --reason 'window agreed'", "approvals_approve(id=7F3K2M; reason=window agreed)")]
    [InlineData("/approvals approve 7F3K2M --revision 1 --hash ab12", "approvals_approve(hash=ab12; id=7F3K2M; revision=1)")]
    [InlineData("approvals deny 7F3K2M --reason=\"it's late\"", "approvals_deny(id=7F3K2M; reason=it's late)")]
    [InlineData("/approve --reason ok 7F3K2M", "approvals_approve(id=7F3K2M; reason=ok)")]
    [InlineData("/deny 7F3K2M --reason \"\"", "approvals_deny(id=7F3K2M; reason=)")]
    [InlineData("/files write notes.txt 'first line\nsecond line'", "files_write(content=first line\nsecond line; path=notes.txt)")]
    [InlineData("/files write --path notes.txt 'content'", "files_write(content=content; path=notes.txt)")]
    [InlineData("/files edit f '--old' '--new' --all", "files_edit(all=true; new=--new; old=--old; path=f)")]
    [InlineData("/files edit f -- --old --new", "files_edit(new=--new; old=--old; path=f)")]
    [InlineData("/files search 'port: [0-9]+' --regex", "files_search(regex=true; text=port: [0-9]+)")]
    [InlineData("/files search a:b=c app", "files_search(path=app; text=a:b=c)")]
    [InlineData("/files search @file", "files_search(text=@file)")]
    [InlineData("/files search [x]", "files_search(text=[x])")]
    [InlineData("/nodes", "nodes()")]
    [InlineData("/nodes env=prod", "nodes(on=env=prod)")]
    [InlineData("/node list --on env=prod", "nodes(on=env=prod)")]
    [InlineData("/access token create deploy --ttl 30d", "access_token_create(name=deploy; ttl=30d)")]
    [InlineData("/access can ana run --on env=prod", "access_can(on=env=prod; person=ana; tool=run)")]
    [InlineData("/whoami", "access_whoami()")]
    [InlineData("/policy explain rm -rf \"$HOME\" --on x", "policy_explain(command_line=rm -rf \"$HOME\" --on x)")]
    [InlineData("/policy explain -", "policy_explain(command_line=-)")]
    [InlineData("/help", "help()")]
    [InlineData("/help access token create", "help(command=access,token,create)")]
    [InlineData("/stop", "stop()")]
    [InlineData("/new", "new()")]
    public void Words_options_and_flags_find_their_parameters(string text, string expected) => Assert.Equal(expected, Line.Shown(Line.Parse(text)));

    [Theory]
    [InlineData("/rnu uptime --on local", "run")]
    [InlineData("/staus", "status")]
    [InlineData("/audti list", "audit")]
    [InlineData("/audit verfy", "audit verify")]
    [InlineData("/verify", "audit verify")]
    [InlineData("/approvals aprove 7F3K2M", "approvals approve")]
    [InlineData("/access tokn list", "access token")]
    [InlineData("/hlep", "help")]
    public void A_near_miss_suggests_the_command(string text, string meant)
    {
        var parsed = Line.Parse(text);
        Assert.Equal(meant, parsed.Suggestion);
        Assert.Contains($"Did you mean '/{meant}'?", parsed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/zzzzz", "There is no command 'zzzzz'. /help lists the commands.")]
    [InlineData("/access", "'access' needs one more word: can, grant, group, link, pair, people, revoke, roles, whoami, token.")]
    [InlineData("/audit list --sicne 24h", "'--sicne' is not an option of 'audit list'. Did you mean '--since'?")]
    [InlineData("/audit --lmit=5", "'--lmit=5' is not an option of 'audit list'. Did you mean '--limit'?")]
    [InlineData("/run --foo ls --on local", "'--foo' is not an option of 'run'.")]
    [InlineData("/run uptime --on", "--on needs a value: --on SELECTOR. If it belongs to the command, write -- before the command.")]
    [InlineData("/run --on --timeout 5s uptime", "--on needs a value: --on SELECTOR.")]
    [InlineData("/run --on local", "COMMAND is missing: The command line, as you would type it in a shell. Usage: run COMMAND --on SELECTOR")]
    [InlineData("/run uptime --on a --on b", "--on is given 2 times; give it once.")]
    [InlineData("/run uptime --timeout soon --on local", "'timeout' must be a duration such as 90s, 15m, 24h or 7d, not 'soon'.")]
    [InlineData("/run uptime --on 'env=('", "'on': ")]
    [InlineData("/audit export --since 30d --format cvs", "'format' must be one of jsonl, csv, not 'cvs'. Did you mean 'csv'?")]
    [InlineData("/audit export --since 30d --format", "--format needs a value: --format jsonl|csv.")]
    [InlineData("/approve", "ID is missing: The approval's id. Usage: approvals approve ID [--reason REASON] [--grant-for DURATION]")]
    [InlineData("/deny 7F3K2M because it is late", "'because' is one word too many. Put words that belong together in quotes. Usage: approvals deny ID [--reason REASON]")]
    [InlineData("/status now", "'now' is one word too many. It takes no words, only options. Usage: status")]
    [InlineData("/run echo \"foo --on local", "The double quote (\") at character 10 is not closed: \"foo --on local.")]
    [InlineData("/", "There is no command after the slash.")]
    public void What_is_wrong_is_said_with_the_right_form(string text, string start) => Assert.StartsWith(start, Line.Error(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("/run uptime", true)]
    [InlineData("  /status", true)]
    [InlineData("/", false)]
    [InlineData("/ run", false)]
    [InlineData("/etc/hosts is full", false)]
    [InlineData("run uptime", false)]
    [InlineData("", false)]
    public void A_slash_and_a_word_make_a_command(string text, bool command) => Assert.Equal(command, ChatCommandLine.IsCommand(text));

    [Fact]
    public void A_reason_that_comes_with_a_press_fills_the_parameter_of_that_name_once()
    {
        var press = Line.Parse("approvals deny 7F3K2M --revision 1").With("reason", "too late --hash x");
        Assert.Equal("approvals_deny(id=7F3K2M; reason=too late --hash x; revision=1)", Line.Shown(press));
        Assert.Equal("status()", Line.Shown(Line.Parse("status").With("reason", "x")));
        Assert.Equal("first", Line.Parse("deny A --reason first").With("reason", "second").Arguments["reason"]);
    }
}
