using ChatOps.Identity;
using ChatOps.Storage;

namespace ChatOps.Tests.Gate;

/// <summary>One stranger waits, with the code <see cref="Code"/>.</summary>
internal sealed class FakePairings : IPairings
{
    public const string Code = "K7M4QX9A";

    public static readonly PairingRow Row = new(Code, new Actor("telegram", "", "77", "Eve"), "telegram/77", "in1", default, default);

    public List<string> Done { get; } = [];

    public Task<PairingRow?> FindAsync(string code, CancellationToken cancellationToken) => Task.FromResult(code == Code ? Row : null);

    public Task<IReadOnlyList<PairingRow>> PendingAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<PairingRow>>([Row]);

    public string NameFor(PairingRow request) => "eve";

    public Task<string?> ApproveAsync(string code, string person, string role, string by, CancellationToken cancellationToken)
    {
        Done.Add($"{code} is {person}, {role}, by {by}");
        return Task.FromResult<string?>(null);
    }

    public Task<string?> DenyAsync(string code, string by, CancellationToken cancellationToken)
    {
        Done.Add($"{code} denied by {by}");
        return Task.FromResult(code == Code ? null : "Nobody waits.");
    }
}
