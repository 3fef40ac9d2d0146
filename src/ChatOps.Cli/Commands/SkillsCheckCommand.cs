using System.Security.Cryptography;
using ChatOps.Agent.Commands;
using ChatOps.Agent.Skills;
using ChatOps.Channels;
using ChatOps.Cli.Terminal;
using ChatOps.Host;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Skills;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops skills check DIR</c> of a directory on this machine: needs no gateway and no rights, so that whoever writes a skill can check it. With <c>--json</c> one object a skill, a line each.</summary>
internal static class SkillsCheckCommand
{
    private const string Tool = "skills_check";
    private const string Parameter = "source";

    /// <summary>Whether a command is this one, of a directory here.</summary>
    public static bool IsHere(ParsedCommand command, GlobalValues global) =>
        command.Tool!.Name == Tool && global.Gateway is null && command.Arguments.TryGetValue(Parameter, out var source) && Directory.Exists(source);

    /// <summary>Checks; fails when one of the skills is blocked.</summary>
    public static int Run(CliContext context, GlobalValues global, IReadOnlyDictionary<string, string> arguments)
    {
        using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSecrets(new SecretsOptions { Key = RandomNumberGenerator.GetBytes(SecretsOptions.MinKeyLength) })
            .AddSingleton<IEgress>(new EgressGuard(new EgressOptions()))
            .AddSkills(new SkillsOptions())
            .BuildServiceProvider();
        var reports = services.GetRequiredService<ISkillLibrary>().Check(arguments[Parameter]);
        if (reports.Count == 0) throw new CliFailureException(ExitCodes.Usage, "usage", $"There is no SKILL.md in {arguments[Parameter]}.");
        if (global.Json) foreach (var report in reports) context.Streams.Output.WriteLine(Json.Write(SkillText.Data(report, [])));
        else new MessagePrinter(context.Streams).Print(new RichMessage([.. reports.SelectMany(r => SkillText.Blocks(r, []))]));
        return reports.Any(r => r.Verdict([]) == SkillVerdict.Blocked) ? ExitCodes.Failed : ExitCodes.Done;
    }
}
