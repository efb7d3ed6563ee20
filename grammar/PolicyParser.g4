/*
 * The policy language: the reference of its syntax.
 *
 * Statements. Newlines mean nothing but for one rule, which is older than this grammar: a statement word that is first on its line
 * begins a statement. The text is cut there before it is parsed, so that a half-written statement never swallows the next one (`via`
 * at the end of a line and `never …` on the next would otherwise be one statement). Such a word does not begin a statement where no
 * statement goes on like that:
 *   - before `=` or `!=`                            a block key or a label:  group = "x"
 *   - before `,` or `]` in a list that is going on  a value in a list:       in [⏎ test,⏎ default ]
 *   - alone on its line behind a comma              a value in a list:       in payments,⏎ test
 *   - `clusters`, `namespaces` before `where`       a selector:              on⏎ clusters where …
 *   - `clusters` after `all`                        a selector:              on all⏎ clusters
 *   - `default` unless before `via`                 the namespace:           in payments,⏎ default
 *   - inside braces before `{` or `}`               a block key:             role { … }
 * Everywhere else write it behind another word of the line, or (in blocks and namespaces) in quotes.
 *
 * Words. The words of the language are taken for names that a policy declares (rule `name`), and free wherever another system's
 * vocabulary stands (rules `word` and `nativeWord`): Kubernetes has namespaces called `default` and `test`.
 *
 * Lists. Without brackets a list stands only before a word of the language or at the end of a statement, and takes no comma at its
 * end: a comma that promises more must be followed by more, or a lost line would go unnoticed. Inside brackets it may.
 *
 * Every decision is made on the next word or two. That is what keeps the messages exact.
 */
parser grammar PolicyParser;

options { tokenVocab = PolicyLexer; }

statements : statement* EOF ;

statement
    : clustersFrom | namespacesFrom | defaultVia
    | clusterDeclaration | fleetDeclaration
    | userDeclaration | groupDeclaration | machineDeclaration | postureDeclaration
    | roleDeclaration
    | allowRule | neverGuard | onlyGuard
    | assumeDisjoint
    | testDeclaration
    ;

// -- Where things come from.

clustersFrom   : CLUSTERS FROM STRING ;
namespacesFrom : NAMESPACES FROM STRING ;
defaultVia     : DEFAULT VIA names ;

// -- What there is.

clusterDeclaration : CLUSTER name block ;             // the name `*` speaks of every cluster that does not say otherwise
fleetDeclaration   : FLEET name EQUALS clusterSelector ;
userDeclaration    : USER name block ;
groupDeclaration   : GROUP name block ;
machineDeclaration : MACHINE name block ;
postureDeclaration : POSTURE name block ;

roleDeclaration : ROLE name ( EQUALS existingRole | LBRACE roleTail ) ;
roleTail        : roleItem* RBRACE ;
roleItem        : existingRole | include | canPhrase ;
existingRole    : CLUSTERROLE STRING ;
include         : INCLUDE names ;
canPhrase       : CAN rights ;

// -- Who may do what. The head is complete and in this order: scope is never implied, so that a lost line is a mistake and not the
//    whole cluster. Each clause stands at most once.

allowRule   : ALLOW names AS names ON clusterSelector scope allowClause* ;
scope       : CLUSTER_WIDE | inPhrase ;
allowClause : viaClause | whenClause | untilClause | becauseClause ;

viaClause     : VIA names ;
whenClause    : WHEN name ( AND name )* ;
untilClause   : UNTIL WORD ;
becauseClause : BECAUSE STRING ;

// -- What must hold.

neverGuard     : NEVER guarded ( CAN rights )? ON clusterSelector inPhrase? guardClause* ;
onlyGuard      : ONLY names CAN rights ON clusterSelector inPhrase? guardClause* ;
guarded        : ANYONE ( EXCEPT names )? | names ;
guardClause    : viaClause | becauseClause ;
assumeDisjoint : ASSUME DISJOINT names becauseClause ;

testDeclaration : TEST STRING LBRACE testTail ;
testTail        : expectation* RBRACE ;
// `reach` stands only here, so that it cannot be taken for a verb. One reaches a cluster: its `on` may be left out.
expectation     : EXPECT names ( CAN | CANNOT ) ( REACH ON? | rights ON ) clusterSelector inPhrase? expectClause* ;
expectClause    : viaClause | whenClause ;

// -- Rights: one verb and one resource, or brackets. A comma between verbs without brackets would leave open where resources begin.

rights     : verbs resources ( NAMED objectNames )? ;
verbs      : nativeWord | LBRACKET nativeWord ( COMMA nativeWord )* COMMA? RBRACKET ;
resources  : resource | LBRACKET resource ( COMMA resource )* COMMA? RBRACKET ;
resource   : nativeWord | STRING ;                    // in quotes: a URL such as "/metrics"
objectNames: STRING ( COMMA STRING )* | LBRACKET STRING ( COMMA STRING )* COMMA? RBRACKET ;

// -- Which clusters and namespaces. `except` binds last.

clusterSelector : ( ALL CLUSTERS | CLUSTERS WHERE labelExpression | names ) ( EXCEPT names )? ;

inPhrase          : IN namespaceSelector ;
namespaceSelector : NAMESPACES WHERE labelExpression | namespace ( COMMA namespace )* ;
namespace         : nativeWord | STRING ;

// `and` and `or` never meet without parentheses: readers disagree on which of them binds tighter.
labelExpression : labelTerm ( ( AND labelTerm )+ | ( OR labelTerm )+ )? ;
labelTerm
    : NOT labelTerm
    | LPAREN labelExpression RPAREN
    | HAS label
    | WITH name                                       // clusters only: those that declare the path
    | label labelTest
    ;
labelTest  : ( EQUALS | NOT_EQUALS ) labelValue | IN LBRACKET labelValue ( COMMA labelValue )* COMMA? RBRACKET ;
label      : nativeWord | STRING ;
labelValue : nativeWord | STRING ;

// -- Blocks. No `=` before braces. A key alone is a flag; in quotes it needs a value, or `env "prod"` would be two flags.

block     : LBRACE blockTail ;
blockTail : entry* RBRACE ;
entry     : ( word entryValue? | STRING entryValue ) COMMA? ;
entryValue: EQUALS value | block ;
value     : scalar | LBRACKET ( scalar ( COMMA scalar )* COMMA? )? RBRACKET ;
scalar    : word | STRING ;

// -- Words.

names : name ( COMMA name )* ;
name  : WORD ;                                        // declared by a policy, or an e-mail

// Another system's vocabulary inside a sentence: only the words that carry the sentence on are taken. No verb, resource or label is
// called `on`; a namespace that is goes in quotes.
nativeWord : WORD | statementWord | laterWord ;
// Block keys and values: nothing is taken.
word       : WORD | statementWord | phraseWord | laterWord ;

statementWord
    : CLUSTERS | NAMESPACES | DEFAULT | CLUSTER | FLEET | USER | GROUP | MACHINE | POSTURE | ROLE | ALLOW | NEVER | ONLY | ASSUME | TEST ;
phraseWord
    : AS | ON | IN | VIA | WHEN | UNTIL | BECAUSE | FROM | WHERE | AND | OR | NOT | HAS | WITH | EXCEPT | ALL | CAN | CANNOT | REACH
    | ANYONE | DISJOINT | EXPECT | INCLUDE | NAMED | CLUSTERROLE | CLUSTER_WIDE ;
laterWord
    : WITHIN | EMERGENCY | FORMERLY | APPROVED ;
