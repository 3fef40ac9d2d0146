using System.Text.Json;
using ChatOps.Fleet;
using ChatOps.Tests.Gate;
using ChatOps.Tests.Policy;
using ChatOps.Tools;

namespace ChatOps.Tests.Machines;

/// <summary>The gate with the real policy of commands, and machines that answer as a test says.</summary>
internal static class MachineGate
{
    public static async Task<GateHarness> StartAsync(int nodes = 1)
    {
        var gate = await GateHarness.StartAsync();
        gate.Policy.Real = PolicyUnderTest.Risk;
        for (var i = 1; i <= nodes; i++) gate.Fleet.Add($"web-{i}", ("role", "web"));
        return gate;
    }

    /// <summary>Answers by the first word of what runs.</summary>
    public static void Answer(this GateHarness gate, Func<string, ExecutionResult> answer) => gate.Fleet.Run = (request, _, _) => Task.FromResult(answer(request.Line));

    public static Task<InvocationOutcome> AskAsync(this GateHarness gate, string tool, params (string Name, string Value)[] arguments) => gate.CallAsync(gate.Request("ana", tool, arguments));

    public static async Task<InvocationOutcome> ApprovedAsync(this GateHarness gate, string tool, params (string Name, string Value)[] arguments)
    {
        var waiting = await gate.AskAsync(tool, arguments);
        Assert.Equal(InvocationStatus.Waiting, waiting.Status);
        await gate.ApproveAsync("li", waiting.ApprovalId!);
        return await gate.WaitAsync(waiting.InvocationId);
    }

    public static ExecutionResult Absent(string program) =>
        new(ExecutionEnd.NotStarted, null, "", 0, 0, null, TimeSpan.Zero, $"{program}: program not found on this machine (looked in /usr/bin).");

    public static JsonElement First(InvocationOutcome outcome) => JsonDocument.Parse(outcome.Result!.DataJson).RootElement.GetProperty("nodes")[0];

    public static string[] Words(ExecutionRequest request) => [.. request.Program!.Pipelines.SelectMany(p => p.Commands).SelectMany(c => c.Words).Select(w => w.Text)];
}
